import Foundation
import Models

/// A model in words, and as an object for machines.
struct ModelSummary: Encodable {
    let name: String
    let kind: String
    let version: String
    let precision: String
    let bytes: Int
    let fingerprint: String
    let folder: String

    init(_ model: ModelDirectory, name: String? = nil) {
        self.name = name ?? model.folder.lastPathComponent
        kind = model.manifest.kind
        version = model.manifest.version
        precision = model.manifest.precision
        bytes = model.bytes
        fingerprint = model.manifest.fingerprint
        folder = model.folder.path
    }

    /// What was made, where.
    var made: String { "\(folder): MuseTalk \(version), \(precision), \(ByteCount(bytes))" }

    /// One row of a table per model.
    static func table(_ models: [ModelSummary]) -> String {
        let rows = models.map {
            [$0.name, "\($0.kind) \($0.version)", $0.precision, "\(ByteCount($0.bytes))", $0.folder]
        }
        return Columns.lines([["NAME", "VERSION", "PRECISION", "SIZE", "WHERE"]] + rows).joined(separator: "\n")
    }
}
