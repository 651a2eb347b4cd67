internal import Synchronization

/// How the stand-in misbehaves: the parameter `fault` of the URL's query.
public enum Fault: String, Sendable, CaseIterable {
    /// The request for a WebSocket is answered with 401.
    case refuse
    /// The request for a WebSocket is answered with 429, and the wish to wait a second.
    case busy
    /// There is an error instead of a session.
    case reject
    /// The connection breaks when an answer is asked for.
    case dropBefore = "drop-before"
    /// The connection breaks in the middle of an answer.
    case drop
    /// Nothing comes any more in the middle of an answer.
    case stall
    /// Something that is not JSON comes in the middle of an answer.
    case garbage
    /// A binary message comes in the middle of an answer.
    case binary
    /// An answer fails, as the upstream itself says.
    case fail
    /// Every message comes in frames of a few bytes, which cut characters in two.
    case fragments

    /// True for those that are over at some time: the parameter `times`.
    var isCounted: Bool { self != .fragments }
}

/// How often each fault has still to happen.
final class FaultCounter: Sendable {
    private let happened = Mutex<[Fault: Int]>([:])

    /// True if the fault is to happen now.
    func happens(_ fault: Fault, times: Int) -> Bool {
        guard fault.isCounted else { return true }
        return happened.withLock { happened in
            guard happened[fault, default: 0] < times else { return false }
            happened[fault, default: 0] += 1
            return true
        }
    }
}
