import Foundation

/// A folder that becomes a bundle all at once: until then it lies beside under a name that no library sees.
struct BundleDraft {
    /// Where the bundle will be.
    let target: URL
    /// Where it is made; always the same place for a target, so that an interrupted run can be continued.
    let folder: URL
    /// For what only the making needs; it never becomes a part of the bundle.
    let scratch: URL

    private let replaces: Bool

    /// Makes the folder, or finds the one that an interrupted run left.
    /// - Throws: ``AvatarError/exists(_:)`` unless `replaces`.
    init(_ target: URL, replaces: Bool) throws(AvatarError) {
        self.target = target
        self.replaces = replaces
        folder = target.deletingLastPathComponent().appending(path: ".\(target.lastPathComponent).partial")
        scratch = folder.appending(path: "scratch")
        if !replaces && FileManager.default.fileExists(atPath: target.path) { throw .exists(target.path) }
        do {
            try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(file: scratch.path, reason: "\(error.localizedDescription)")
        }
    }

    /// Gives the bundle its place.
    ///
    /// One that is replaced steps aside for that moment, and comes back if the new one cannot take its place.
    func publish() throws(AvatarError) {
        try? FileManager.default.removeItem(at: scratch)
        let old = target.deletingLastPathComponent().appending(path: ".\(target.lastPathComponent).replaced")
        if replaces {
            try? FileManager.default.removeItem(at: old)
            guard rename(target.path, old.path) == 0 || errno == ENOENT else { throw failure() }
        }
        guard rename(folder.path, target.path) == 0 else {
            let failure = failure()
            if replaces { rename(old.path, target.path) }
            throw failure
        }
        try? FileManager.default.removeItem(at: old)
    }

    /// Leaves nothing.
    func discard() { try? FileManager.default.removeItem(at: folder) }

    private func failure() -> AvatarError {
        errno == ENOTEMPTY || errno == EEXIST
            ? .exists(target.path) : .cannotWrite(file: target.path, reason: String(cString: strerror(errno)))
    }
}
