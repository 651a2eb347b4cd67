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
    var made: String { "\(folder): MuseTalk \(version), \(precision), \(ModelsProgress.size(bytes))" }

    /// One row of a table per model.
    static func table(_ models: [ModelSummary]) -> String {
        let rows =
            [["NAME", "VERSION", "PRECISION", "SIZE", "WHERE"]]
            + models.map {
                [$0.name, "\($0.kind) \($0.version)", $0.precision, ModelsProgress.size($0.bytes), $0.folder]
            }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths + [0]).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }
                .joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
