import Foundation

/// A line that the importer prints: see `Import/progress.py`.
enum ImportMessage: Equatable {
    /// A stage begins; `done` of `total` are over.
    case stage(String, done: Int, of: Int)
    /// The importer stops, because of what it was given.
    case problem(kind: String, message: String)
    /// The model is where it should be.
    case done

    /// Nil for a line that is none.
    init?(line: String) {
        struct Fields: Decodable {
            var event: String
            var text: String?
            var done: Int?
            var of: Int?
            var kind: String?
            var message: String?
        }
        guard line.hasPrefix("{"), let fields = try? JSONDecoder().decode(Fields.self, from: Data(line.utf8)) else {
            return nil
        }
        switch fields.event {
        case "stage": self = .stage(fields.text ?? "", done: fields.done ?? 0, of: fields.of ?? 1)
        case "problem": self = .problem(kind: fields.kind ?? "", message: fields.message ?? "")
        case "done": self = .done
        default: return nil
        }
    }
}
