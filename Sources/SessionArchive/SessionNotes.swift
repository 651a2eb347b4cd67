internal import Audio
internal import Foundation
internal import Realtime
internal import Responders

/// Writes down what happens in one session: turns events into entries of the archive.
struct SessionNotes: Sendable {
    private let session: ArchivedSession
    private let keepsAudio: Bool
    private var turnStart: Duration?
    private var turnEnd: Duration?
    private var answer: Answer?

    /// What is known of the answer that is being given.
    private struct Answer {
        var itemID: String
        var heardFrom: Duration?
        var timings: [String: Double]?
        var samples: [Int16] = []
    }

    init(_ session: ArchivedSession, keepsAudio: Bool) {
        self.session = session
        self.keepsAudio = keepsAudio
    }

    /// What is to be written because of `event`.
    mutating func entries(for event: SessionEvent, at now: Duration) -> [ArchiveEntry] {
        changes(for: event, at: now).map { ArchiveEntry(session.id, $0) }
    }

    private mutating func changes(for event: SessionEvent, at now: Duration) -> [ArchiveEntry.Change] {
        switch event {
        case .turnStarted: turnStart = now
        case .turnEnded: turnEnd = now
        case .entered(let entry): return entered(entry, at: now)
        case .transcribed(let itemID, let text): return [.transcribed(itemID: itemID, text: text)]
        case .responding(_, let itemID, _): answer = Answer(itemID: itemID)
        case .spoke(let samples, _, let start):
            // Where the client ran dry, the start moves later: what was heard first was heard then.
            if answer?.heardFrom == nil { answer?.heardFrom = start }
            if keepsAudio { answer?.samples += samples }
        case .timed(let itemID, let timings):
            guard answer?.itemID == itemID else { return [.timed(itemID: itemID, timings)] }
            answer?.timings = timings
        case .responded(let response): return responded(response, at: now)
        case .truncated(let itemID, let text, let heardMs):
            return [.truncated(itemID: itemID, text: text, heardMs: heardMs)]
        case .ended: return [.ended(session.started + now.seconds)]
        case .heard, .showed, .interrupted, .idle: break
        }
        return []
    }

    private mutating func entered(_ entry: ConversationEntry, at now: Duration) -> [ArchiveEntry.Change] {
        var line = ArchivedLine(
            itemID: entry.id, speaker: .function, text: "", startMs: now.milliseconds, endMs: now.milliseconds)
        switch entry {
        case .functionCall(let call): line.text = "\(call.name)(\(call.arguments))"
        case .functionOutput(let output): line.text = output.output
        case .turn(let turn):
            line.speaker = ArchivedLine.Speaker(turn.speaker)
            line.text = turn.text
            guard !turn.speech.isEmpty else { break }
            let length = Duration.microseconds(SpeechFormat.microseconds(ofSample: turn.speech.count))
            let end = turnEnd ?? now
            // Sound of a file comes faster than it was spoken.
            line.startMs = max(.zero, min(turnStart ?? end, end - length)).milliseconds
            line.endMs = end.milliseconds
            turnStart = nil
            turnEnd = nil
            if keepsAudio { return [.said(line), .sound(itemID: turn.id, turn.speech)] }
        }
        return [.said(line)]
    }

    private mutating func responded(_ response: FinishedResponse, at now: Duration) -> [ArchiveEntry.Change] {
        guard let answer = answer.take() else { return [] }
        let start = (answer.heardFrom ?? now).milliseconds
        let line = ArchivedLine(
            itemID: response.itemID, speaker: .assistant, text: response.text, startMs: start,
            endMs: start + response.heardMilliseconds, status: response.status,
            timings: answer.timings)
        guard !answer.samples.isEmpty else { return [.said(line)] }
        let heard = SpeechFormat.samples(inMilliseconds: response.heardMilliseconds)
        return [.said(line), .sound(itemID: response.itemID, Array(answer.samples.prefix(heard)))]
    }
}

extension ArchivedLine.Speaker {
    fileprivate init(_ speaker: Turn.Speaker) {
        self =
            switch speaker {
            case .user: .user
            case .assistant: .assistant
            case .system: .system
            }
    }
}

extension Duration {
    fileprivate var seconds: Double { self / .seconds(1) }
    fileprivate var milliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}
