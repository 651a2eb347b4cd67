import Realtime
import Responders

/// What an avatar does, as seen from outside, and what is said: made from what happens in its session.
struct SessionStatus: Sendable {
    /// What the avatar does.
    enum State: String, Sendable, Encodable {
        /// It is silent, and hears the user.
        case listening
        /// It was asked, and has not begun to answer.
        case thinking
        /// It can be heard.
        case speaking
    }

    /// Something to be told.
    enum News: Sendable, Equatable {
        /// It does something else now.
        case state(State)
        /// What one side said; of several for an item the last counts.
        case transcript(itemID: String, speaker: Turn.Speaker, text: String)
        /// The client is gone; nothing follows.
        case ended
    }

    /// What the avatar does now.
    private(set) var state = State.listening
    /// When what is being played has been heard, by the session's clock; nil while that is not known, or nothing is.
    private(set) var playsUntil: Duration?

    /// What is to be told because of `event`.
    mutating func news(of event: SessionEvent, at now: Duration) -> [News] {
        switch event {
        case .responding:
            // What was said before may still be played: then the avatar goes on speaking.
            return state == .speaking ? [] : change(to: .thinking)
        case .spoke:
            playsUntil = nil
            return change(to: .speaking)
        case .interrupted: return fallSilent()
        case .responded(let response):
            let transcript = News.transcript(itemID: response.itemID, speaker: .assistant, text: response.text)
            guard state == .speaking, response.end > now else { return [transcript] + fallSilent() }
            playsUntil = response.end
            return [transcript]
        case .entered(.turn(let turn)) where !turn.text.isEmpty:
            return [.transcript(itemID: turn.id, speaker: turn.speaker, text: turn.text)]
        case .transcribed(let itemID, let text): return [.transcript(itemID: itemID, speaker: .user, text: text)]
        case .truncated(let itemID, let text, _):
            return [.transcript(itemID: itemID, speaker: .assistant, text: text)]
        case .ended: return [.ended]
        default: return []
        }
    }

    /// What is to be told because time has passed.
    mutating func news(at now: Duration) -> [News] {
        guard let playsUntil, playsUntil <= now else { return [] }
        return fallSilent()
    }

    private mutating func fallSilent() -> [News] {
        playsUntil = nil
        return change(to: .listening)
    }

    private mutating func change(to state: State) -> [News] {
        guard state != self.state else { return [] }
        self.state = state
        return [.state(state)]
    }
}
