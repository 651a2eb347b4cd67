public import Foundation
public import Home

/// Finds avatars: by id, in the folders that it was made with, then among the person's own, then among those that come
/// with Visavis; or by the path of a bundle.
public struct AvatarLibrary: Sendable {
    /// A bundle whose manifest is in order.
    public struct Entry: Sendable, Equatable {
        /// The bundle's id.
        public var id: String
        /// The name that people see.
        public var name: String
        /// Where it lies.
        public var folder: URL
        /// What its face is made of.
        public var kind: Avatar.Kind
        /// Width of its frames in pixels.
        public var width: Int
        /// Height of its frames in pixels.
        public var height: Int
        /// Frames in its clip's file.
        public var frames: Int
    }

    /// The id of the avatar of servers and films that name none.
    public static let defaultAvatar = "mira"

    /// Where bundles are looked for, the first first.
    public let folders: [URL]

    /// A library of `folders`, the avatars in `home` and the built-in ones.
    /// - Parameter folders: each is a bundle, or has bundles in it.
    public init(folders: [URL] = [], home: VisavisHome = VisavisHome()) {
        self.folders = folders + [home.avatars, Self.builtIn]
    }

    /// The folder of the avatars that come with Visavis.
    public static var builtIn: URL {
        (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appending(path: "Bundles")
    }

    /// All bundles with a good manifest, each id once. Broken ones are left out; ``load(_:)`` says what is wrong.
    public func list() -> [Entry] {
        var entries: [Entry] = []
        for folder in folders.flatMap(Self.bundles(in:)) {
            guard let manifest = try? AvatarManifest(in: folder) else { continue }
            guard !entries.contains(where: { $0.id == manifest.id }) else { continue }
            entries.append(
                Entry(
                    id: manifest.id, name: manifest.name, folder: folder, kind: manifest.kind, width: manifest.width,
                    height: manifest.height, frames: manifest.frames))
        }
        return entries
    }

    /// The folder of the bundle that someone means.
    /// - Parameter name: an id, or the path of a bundle.
    /// - Throws: ``AvatarError/unknown(id:known:)``, or ``AvatarError/noFolder(_:)`` for a path.
    public func locate(_ name: String) throws(AvatarError) -> URL {
        if name.contains("/") {
            let folder = URL(filePath: name)
            guard Self.isFolder(folder) else { throw .noFolder(name) }
            return folder
        }
        let entries = list()
        if let entry = entries.first(where: { $0.id == name }) { return entry.folder }
        // A bundle whose manifest is broken still has its folder's name; loading it will say what is wrong.
        let broken = folders.flatMap(Self.bundles(in:)).first { $0.lastPathComponent == name }
        guard let broken else { throw .unknown(id: name, known: entries.map(\.id)) }
        return broken
    }

    /// Loads an avatar.
    /// - Parameter name: an id, or the path of a bundle.
    /// - Throws: ``AvatarError``.
    public func load(_ name: String) async throws(AvatarError) -> Avatar {
        try await Avatar.load(from: locate(name))
    }

    /// `folder` itself if it is a bundle, else the bundles in it, by name.
    private static func bundles(in folder: URL) -> [URL] {
        if hasManifest(folder) { return [folder] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        // What is being written has a name with a dot.
        return names.sorted().filter { !$0.hasPrefix(".") }.map { folder.appending(path: $0) }.filter(hasManifest)
    }

    private static func hasManifest(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: ManifestFile.name).path)
    }

    /// True if there is a folder at `url`.
    static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
