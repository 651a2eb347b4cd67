import Batching
import Synchronization

@testable import MuseTalk

/// A device that breaks, runs out of memory, or waits, when a test says so. Faces are the first number of their
/// conditioning, in all bytes; unless a real device makes them.
final class FaultyRunner: BatchRunner {
    struct Failure: Error {}
    struct NoMemory: Error {}

    private struct State {
        var sizes: [Int] = []
        var isBroken = false
        var room = Int.max
        var isHeld = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let real: FaceRunner?

    init(_ real: FaceRunner? = nil) { self.real = real }

    /// The sizes of all batches, those that failed, too.
    var sizes: [Int] { state.withLock { $0.sizes } }

    /// Whether it fails.
    var isBroken: Bool {
        get { state.withLock { $0.isBroken } }
        set { state.withLock { $0.isBroken = newValue } }
    }

    /// The largest batch for which there is memory.
    var room: Int {
        get { state.withLock { $0.room } }
        set { state.withLock { $0.room = newValue } }
    }

    /// Lets no batch go on.
    func hold() { state.withLock { $0.isHeld = true } }

    /// Lets all batches go on.
    func release() {
        let held = state.withLock { state in
            state.isHeld = false
            defer { state.held = [] }
            return state.held
        }
        for batch in held { batch.resume() }
    }

    /// Returns when so many batches wait.
    func waitForBatches(_ count: Int) async {
        while state.withLock({ $0.held.count }) < count { await Task.yield() }
    }

    @concurrent
    func run(_ batch: [FaceSlot], inLane lane: Int) async throws -> Duration {
        await withCheckedContinuation { batch in
            let goesOn = state.withLock { state in
                if state.isHeld { state.held.append(batch) }
                return !state.isHeld
            }
            if goesOn { batch.resume() }
        }
        let (isBroken, room) = state.withLock { state in
            state.sizes.append(batch.count)
            return (state.isBroken, state.room)
        }
        if isBroken { throw Failure() }
        if batch.count > room { throw NoMemory() }
        if let real { return try await real.run(batch, inLane: lane) }
        for slot in batch { slot.fillImage() }
        return .milliseconds(batch.count)
    }

    func isOutOfMemory(_ error: any Error) -> Bool { error is NoMemory }
}

extension FaceSlot {
    /// A face of the first number of the conditioning.
    fileprivate func fillImage() {
        let value = conditioning[0]
        let pixels = [UInt8](repeating: value.isNaN ? 0 : UInt8(clamping: Int(value)), count: FaceCrop.byteCount)
        pixels.withUnsafeBufferPointer { setImage($0, isFinite: !value.isNaN) }
    }

    /// A frame whose face is so bright.
    convenience init(brightness: Float) {
        self.init()
        fill(.blank) { $0.update(repeating: brightness) }
    }
}
