public import Foundation
public import Home

/// Finds models: by name among those of a home, or by path.
public struct ModelLibrary: Sendable {
    /// A model that can be opened.
    public struct Entry: Sendable, Equatable {
        /// The name of its folder.
        public var name: String
        /// The model.
        public var model: ModelDirectory
    }

    /// The folder whose folders are models.
    public let folder: URL

    /// The models of `home`.
    public init(home: VisavisHome = VisavisHome()) {
        folder = home.models
    }

    /// All models that can be opened, by name. Broken ones are left out; ``open(_:)`` says what is wrong with them.
    public func list() -> [Entry] {
        names().compactMap { name in
            (try? ModelDirectory(folder.appending(path: name))).map { Entry(name: name, model: $0) }
        }
    }

    /// Opens a model.
    /// - Parameter name: the name of one of the home's, or the path of a model directory.
    /// - Throws: ``ModelError``.
    public func open(_ name: String) throws(ModelError) -> ModelDirectory {
        if name.contains("/") || name == "." || name == ".." { return try ModelDirectory(URL(filePath: name)) }
        let known = names()
        if known.contains(name) { return try ModelDirectory(folder.appending(path: name)) }
        // Without a slash it may still be a folder in the working directory.
        let here = URL(filePath: name)
        guard FileManager.default.fileExists(atPath: here.appending(path: ModelManifest.fileName).path) else {
            throw .unknown(name: name, known: known)
        }
        return try ModelDirectory(here)
    }

    private func names() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { name in
            let manifest = folder.appending(path: name).appending(path: ModelManifest.fileName)
            return !name.hasPrefix(".") && FileManager.default.fileExists(atPath: manifest.path)
        }
    }
}
