public import Foundation

/// Fetches a public model's files. What was interrupted is continued; what is there and right is not fetched again.
public struct ModelPull: Sendable {
    /// Where public models are, unless somebody says otherwise.
    public static let standardBase = "https://huggingface.co"

    /// What to fetch.
    public var entry: ModelCatalogue.Entry
    /// What the files' paths are relative to.
    public var base: URL
    /// The folder that the files go to; those of MuseTalk in its own layout.
    public var folder: URL
    var patience = Patience()

    /// A download of `entry`'s files to `folder`.
    public init(_ entry: ModelCatalogue.Entry, from base: URL, to folder: URL) {
        self.entry = entry
        self.base = base
        self.folder = folder
    }

    /// Fetches all files, one after the other.
    /// - Parameter onProgress: is called with the file that comes, and the bytes of it that are there, of how many.
    /// - Throws: ``ModelError``, or `CancellationError`. Complete files stay, and so does a part of the next.
    public func run(onProgress: (_ file: String, _ done: Int, _ total: Int?) -> Void = { _, _, _ in }) async throws
        -> [PulledFile]
    {
        var pulled: [PulledFile] = []
        for file in entry.files {
            let download = Download(
                url: base.appending(path: file.path), file: folder.appending(path: file.saveAs), bytes: file.bytes,
                sha256: file.sha256, patience: patience)
            let outcome = try await download.run { onProgress(file.saveAs, $0, $1) }
            pulled.append(
                PulledFile(
                    file: file.saveAs, bytes: outcome.bytes, sha256: outcome.sha256,
                    vouchedForBy: outcome.isVouchedForBy))
        }
        return pulled
    }
}
