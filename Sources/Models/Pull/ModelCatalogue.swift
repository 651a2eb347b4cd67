import Foundation

/// The public models that can be fetched by name: the files that they are made of, pinned to a revision.
public struct ModelCatalogue: Sendable, Decodable {
    /// A model.
    public struct Entry: Sendable, Decodable, Equatable {
        /// What it is, in words.
        public var title: String
        /// MuseTalk's version; nil for a model that is used as it comes, without an import.
        public var version: String?
        /// What the files' paths are relative to, if not to ``ModelPull/standardBase``.
        public var base: String?
        /// What it is made of.
        public var files: [File]
    }

    /// A file to fetch.
    public struct File: Sendable, Decodable, Equatable {
        /// Where it is, below the base URL.
        public var path: String
        /// Where it goes, below the folder of the download.
        public var saveAs: String
        /// How long it is, where that is known beforehand.
        public var bytes: Int?
        /// Its SHA-256, where that is known beforehand. Otherwise the server's word is taken.
        public var sha256: String?

        enum CodingKeys: String, CodingKey {
            case path, bytes, sha256
            case saveAs = "save_as"
        }
    }

    /// The models by name.
    public var entries: [String: Entry]

    /// Reads a catalogue.
    public init(from decoder: any Decoder) throws {
        entries = try decoder.singleValueContainer().decode([String: Entry].self)
    }

    /// The catalogue that comes with Visavis.
    /// - Throws: ``ModelError/manifest(file:reason:)`` if the installation is damaged.
    public static func standard() throws(ModelError) -> ModelCatalogue {
        let file = (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appending(path: "Catalogue/models.json")
        do {
            return try JSONDecoder().decode(ModelCatalogue.self, from: Data(contentsOf: file))
        } catch {
            throw .manifest(file: file.path, reason: "\(error)")
        }
    }

    /// The model of a name.
    /// - Throws: ``ModelError/unknown(name:known:)``.
    public func entry(_ name: String) throws(ModelError) -> Entry {
        guard let entry = entries[name] else { throw .unknown(name: name, known: entries.keys.sorted()) }
        return entry
    }
}
