public import Foundation

/// A model on disk: graphs and a manifest in a folder of their own, as `visavis models import` makes it.
public struct ModelDirectory: Sendable, Equatable {
    /// Where it lies.
    public let folder: URL
    /// What it says of itself.
    public let manifest: ModelManifest

    /// Opens a model: the manifest is read, and every file of it is there with the length that it should have.
    /// - Throws: ``ModelError``.
    public init(_ folder: URL) throws(ModelError) {
        self.folder = folder
        manifest = try ModelManifest(in: folder)
        for entry in manifest.files {
            let path = folder.appending(path: entry.file).path
            guard let size = Self.size(ofFile: path) else { throw .missingFile(path) }
            guard size == entry.bytes else {
                throw .wrongSize(file: path, found: size, expected: entry.bytes)
            }
        }
        try checkPorts()
    }

    /// The file of a graph.
    /// - Throws: ``ModelError/field(file:field:found:expected:)`` if the model has none for `role`.
    public func graph(_ role: GraphRole) throws(ModelError) -> URL {
        guard let graph = manifest.graphs[role.rawValue] else {
            throw .field(
                file: manifestPath, field: "graphs.\(role.rawValue)", found: "missing",
                expected: "a graph; import the model again with this version of Visavis")
        }
        return folder.appending(path: graph.file)
    }

    /// The length of all graphs and weights.
    public var bytes: Int { manifest.files.reduce(0) { $0 + $1.bytes } }

    /// Reads every byte, and compares with the manifest's SHA-256 sums.
    /// - Parameter onProgress: is called now and then with the bytes that were read, of ``bytes``.
    /// - Throws: ``ModelError/wrongChecksum(file:found:expected:)``, or what reading throws; `CancellationError`.
    public func verify(onProgress: (Int) -> Void = { _ in }) throws {
        var done = 0
        for entry in manifest.files {
            let file = folder.appending(path: entry.file)
            let found = try SHA256.sum(ofFile: file) { read in
                done += read
                onProgress(done)
            }
            guard found == entry.sha256 else {
                throw ModelError.wrongChecksum(file: file.path, found: found, expected: entry.sha256)
            }
        }
    }

    private var manifestPath: String { folder.appending(path: ModelManifest.fileName).path }

    private func checkPorts() throws(ModelError) {
        for role in GraphRole.allCases {
            guard let graph = manifest.graphs[role.rawValue] else { continue }
            let ports = role.ports
            let found = (graph.inputs.map(\.name), graph.outputs.map(\.name))
            guard found == ports else {
                throw .field(
                    file: manifestPath, field: "graphs.\(role.rawValue)",
                    found: "a graph from \(found.0) to \(found.1)",
                    expected: "one from \(ports.inputs) to \(ports.outputs); import the model again")
            }
        }
    }

    static func size(ofFile path: String) -> Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue
    }
}
