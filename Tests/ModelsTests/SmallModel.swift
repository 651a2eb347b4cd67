import Foundation
import TestSupport

@testable import Models

/// A model directory whose graphs are a few bytes: enough for everything but running it.
struct SmallModel {
    let temporary: TemporaryFolder
    /// Where it lies.
    let folder: URL

    /// A good one, unless `change` damages its manifest.
    init(named name: String = "small", change: (inout ModelManifest) -> Void = { _ in }) throws {
        temporary = try TemporaryFolder()
        folder = temporary.url.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var graphs: [String: ModelManifest.Graph] = [:]
        for role in GraphRole.allCases {
            let file = try write("graph of \(role)", to: "\(role.rawValue).onnx")
            let data = try write("weights of \(role)", to: "\(role.rawValue).onnx.data")
            func ports(_ names: [String]) -> [ModelManifest.Port] {
                names.map { .init(name: $0, type: "float32", shape: [.named("batch"), .fixed(8)]) }
            }
            graphs[role.rawValue] = ModelManifest.Graph(
                file: file.file, sha256: file.sha256, bytes: file.bytes, data: [data],
                inputs: ports(role.ports.inputs), outputs: ports(role.ports.outputs))
        }
        var manifest = ModelManifest(
            format: ModelManifest.currentFormat, kind: "musetalk", version: "1.5", precision: "fp32",
            fingerprint: "f", madeBy: "test", graphs: graphs)
        change(&manifest)
        try JSONEncoder().encode(manifest).write(to: manifestFile)
    }

    var manifestFile: URL { folder.appending(path: ModelManifest.fileName) }

    /// A file of the model.
    func file(_ name: String) -> URL { folder.appending(path: name) }

    private func write(_ text: String, to name: String) throws -> ModelManifest.File {
        let data = Data(text.utf8)
        try data.write(to: file(name))
        return .init(file: name, sha256: try SHA256.sum(ofFile: file(name)), bytes: data.count)
    }
}
