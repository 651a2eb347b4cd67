public import Foundation

extension BenchResult {
    /// Reads what `visavis bench` wrote.
    /// - Throws: ``BenchResultError``.
    public init(contentsOf file: URL) throws(BenchResultError) {
        do {
            let data = try Data(contentsOf: file)
            self = try JSONDecoder().decode(BenchResult.self, from: data)
        } catch let error as DecodingError {
            throw .notAResult(file: file.path, reason: Self.reason(error))
        } catch {
            throw .unreadable(file: file.path)
        }
        guard format == Self.currentFormat else { throw .format(file: file.path, found: format) }
    }

    /// The JSON that ``init(contentsOf:)`` reads.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(path(context.codingPath + [key])) is missing"
        case .typeMismatch(let type, let context): "\(path(context.codingPath)) is not of the type \(type)"
        case .valueNotFound(let type, let context): "\(path(context.codingPath)) is null; expected \(type)"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "it is not JSON" : "\(path(context.codingPath)) is damaged"
        @unknown default: "it is not what `visavis bench --json` writes"
        }
    }

    /// `rows[3].batch_size`.
    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue { return "\(path)[\(index)]" }
            return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
        }
    }
}

/// Why a file is no result of `visavis bench`.
public enum BenchResultError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be read.
    case unreadable(file: String)
    /// It has another content.
    case notAResult(file: String, reason: String)
    /// It is of another version.
    case format(file: String, found: Int)

    /// What was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .unreadable(let file): "\(file): cannot be read; expected what `visavis bench` wrote"
        case .notAResult(let file, let reason): "\(file): no result of `visavis bench`: \(reason)"
        case .format(let file, let found):
            "\(file): format is \(found); expected \(BenchResult.currentFormat). Measure again with this version"
        }
    }
}
