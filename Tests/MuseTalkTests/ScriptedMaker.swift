import Batching
import Synchronization

@testable import MuseTalk

/// Makes faces without a graph, each of another brightness, and leaves out those that a test wants to be late.
final class ScriptedMaker: FaceMaking {
    /// A face that was asked for.
    struct Request: Equatable {
        var isFirst: Bool
        var slack: Duration?
    }

    private struct State {
        var requests: [Request] = []
        var slots: [ObjectIdentifier: Int] = [:]
        var begun: [Bool] = []
        var ended = 0
    }

    private let state = Mutex(State())
    private let late: Set<Int>

    /// - Parameter late: the faces that come too late, in the order in which they are asked for.
    init(late: Set<Int> = []) { self.late = late }

    var requests: [Request] { state.withLock { $0.requests } }
    /// The places in memory that faces were made in.
    var slotCount: Int { state.withLock { $0.slots.count } }
    /// For each utterance whether it is a film's.
    var begun: [Bool] { state.withLock { $0.begun } }
    var ended: Int { state.withLock { $0.ended } }

    /// The face with a number.
    static func brightness(_ number: Int) -> UInt8 { UInt8(20 + number * 20) }

    func begin(isFilm: Bool) async throws -> FrameJob.Utterance {
        state.withLock { state in
            state.begun.append(isFilm)
            return state.begun.count
        }
    }

    func make(
        _ slot: FaceSlot, in utterance: FrameJob.Utterance, isFirst: Bool, within slack: Duration?
    ) async throws -> Bool {
        let number = Int(slot.conditioning[0])
        state.withLock { state in
            state.requests.append(Request(isFirst: isFirst, slack: slack))
            state.slots[ObjectIdentifier(slot), default: 0] += 1
        }
        guard !late.contains(number) else { return false }
        let pixels = [UInt8](repeating: Self.brightness(number), count: FaceCrop.byteCount)
        pixels.withUnsafeBufferPointer { slot.setImage($0, isFinite: true) }
        return true
    }

    func end(_ utterance: FrameJob.Utterance) async { state.withLock { $0.ended += 1 } }
}
