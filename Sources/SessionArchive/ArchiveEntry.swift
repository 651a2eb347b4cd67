public import Foundation

/// Something to be written.
public struct ArchiveEntry: Sendable, Equatable {
    /// What happened in a session.
    public enum Change: Sendable, Equatable {
        /// It began.
        case began(ArchivedSession)
        /// Something was said.
        case said(ArchivedLine)
        /// The words of a line are known.
        case transcribed(itemID: String, text: String)
        /// How long a line that is an answer took to its steps.
        case timed(itemID: String, [String: Double])
        /// Of a line only this much was heard.
        case truncated(itemID: String, text: String, heardMs: Int)
        /// The sound of a line, 24 kHz mono.
        case sound(itemID: String, [Int16])
        /// Its client left.
        case ended(Date)
    }

    /// The session.
    public var sessionID: String
    /// What happened in it.
    public var change: Change

    /// Puts the parts together.
    public init(_ sessionID: String, _ change: Change) {
        self.sessionID = sessionID
        self.change = change
    }

    /// How many bytes of memory it takes, about.
    var size: Int {
        switch change {
        case .said(let line): 200 + line.text.utf8.count
        case .transcribed(_, let text), .truncated(_, let text, _): 200 + text.utf8.count
        case .sound(_, let samples): 200 + 2 * samples.count
        case .timed: 600
        case .began, .ended: 200
        }
    }
}
