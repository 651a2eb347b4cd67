import Foundation

/// Results for machines.
enum MachineOutput {
    /// `result` as one JSON object on one line, its keys in order.
    static func line(_ result: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(result), as: UTF8.self)
    }
}
