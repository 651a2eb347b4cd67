public import Foundation

/// What a model directory's `manifest.json` says.
public struct ModelManifest: Codable, Sendable, Equatable {
    /// A file, and how to know it again.
    public struct File: Codable, Sendable, Equatable {
        /// Its name in the directory.
        public var file: String
        /// SHA-256 of its bytes, in hexadecimal digits.
        public var sha256: String
        /// How long it is.
        public var bytes: Int
    }

    /// A graph: ONNX with its weights beside it.
    public struct Graph: Codable, Sendable, Equatable {
        /// The graph's file.
        public var file: String
        /// SHA-256 of the graph's file.
        public var sha256: String
        /// How long the graph's file is.
        public var bytes: Int
        /// The files with its weights.
        public var data: [File]
        /// What goes in.
        public var inputs: [Port]
        /// What comes out.
        public var outputs: [Port]

        /// All its files.
        public var files: [File] { [File(file: file, sha256: sha256, bytes: bytes)] + data }
    }

    /// An input or output of a graph.
    public struct Port: Codable, Sendable, Equatable {
        /// Its name in the graph.
        public var name: String
        /// `float32`, `int64`, `uint8` or `bool`.
        public var type: String
        /// Its axes, the last one runs fastest.
        public var shape: [Axis]
    }

    /// How long an axis is.
    public enum Axis: Codable, Sendable, Equatable {
        /// Always this long.
        case fixed(Int)
        /// As long as the caller wants; axes of the same name are as long as each other.
        case named(String)

        /// A number or a name.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let size = try? container.decode(Int.self) {
                self = .fixed(size)
            } else {
                self = .named(try container.decode(String.self))
            }
        }

        /// A number or a name.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .fixed(let size): try container.encode(size)
            case .named(let name): try container.encode(name)
            }
        }
    }

    /// The version of this description; ``currentFormat`` is the one that this program knows.
    public var format: Int
    /// What the model is: `musetalk`.
    public var kind: String
    /// The model's own version: `1.5` or `1.0`.
    public var version: String
    /// `fp32` or `fp16`: how the graphs compute. Their ports are float32 in both.
    public var precision: String
    /// SHA-256 over the weights that avatars are made with: an avatar belongs to one fingerprint.
    public var fingerprint: String
    /// The program that made the directory.
    public var madeBy: String
    /// The graphs by what they are for.
    public var graphs: [String: Graph]

    enum CodingKeys: String, CodingKey {
        case format, kind, version, precision, fingerprint, graphs
        case madeBy = "made_by"
    }

    /// The only format that this program reads.
    public static let currentFormat = 1
    /// The manifest's name in its directory.
    public static let fileName = "manifest.json"

    /// Everything that belongs to the model but the manifest itself.
    public var files: [File] { graphs.sorted { $0.key < $1.key }.flatMap(\.value.files) }
}

extension ModelManifest {
    /// Reads and checks the manifest in `folder`.
    /// - Throws: ``ModelError``.
    public init(in folder: URL) throws(ModelError) {
        let file = folder.appending(path: Self.fileName)
        guard let data = try? Data(contentsOf: file) else { throw .noModel(folder.path) }
        // The format first: a manifest of another one may lack what this one has.
        struct Format: Decodable { var format: Int }
        do {
            let format = try JSONDecoder().decode(Format.self, from: data).format
            guard format == Self.currentFormat else {
                throw ModelError.field(
                    file: file.path, field: "format", found: "\(format)",
                    expected: "\(Self.currentFormat); import the model again with this version of Visavis")
            }
            self = try JSONDecoder().decode(Self.self, from: data)
        } catch let error as ModelError {
            throw error
        } catch let error as DecodingError {
            throw .manifest(file: file.path, reason: Self.words(error))
        } catch {
            throw .manifest(file: file.path, reason: "\(error)")
        }
        try check(file: file.path)
    }

    private func check(file: String) throws(ModelError) {
        func expect(_ value: String, _ field: String, oneOf known: [String]) throws(ModelError) {
            guard known.contains(value) else {
                throw .field(
                    file: file, field: field, found: "\"\(value)\"", expected: known.joined(separator: " or "))
            }
        }
        try expect(kind, "kind", oneOf: ["musetalk"])
        try expect(version, "version", oneOf: ["1.5", "1.0"])
        try expect(precision, "precision", oneOf: ["fp32", "fp16"])
        for (name, graph) in graphs {
            for entry in graph.files {
                let isPlain = !entry.file.isEmpty && !entry.file.contains("/") && !entry.file.hasPrefix(".")
                guard isPlain else {
                    throw .field(
                        file: file, field: "graphs.\(name).file", found: "\"\(entry.file)\"",
                        expected: "the name of a file in the same folder")
                }
            }
        }
    }

    private static func words(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            (context.codingPath + [key].compactMap { $0 }).map(\.stringValue).joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): "\"\(path(context, key))\" is missing"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            "\"\(path(context))\" is not a \(type)"
        default: "not JSON; import the model again"
        }
    }
}
