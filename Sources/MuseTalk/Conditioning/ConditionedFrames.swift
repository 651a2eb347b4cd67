import Synchronization

/// Conditioning that waits for being taken. Its memory grows to twice the most frames that ever wait, and is used again.
final class ConditionedFrames: Sendable {
    private struct Waiting {
        var numbers: [Float] = []
        var taken = 0
    }

    private let waiting = Mutex(Waiting())
    private static let size = ConditioningTiming.numbersPerWindow

    /// Frames that wait.
    var count: Int { waiting.withLock { $0.numbers.count / Self.size - $0.taken } }

    /// Frames in memory: those that wait, and some that were taken.
    var stored: Int { waiting.withLock { $0.numbers.count / Self.size } }

    /// A frame more.
    func append(_ conditioning: [Float]) {
        waiting.withLock { $0.numbers.append(contentsOf: conditioning) }
    }

    /// Takes the one that has waited longest.
    /// - Parameter buffer: of ``ConditioningTiming/numbersPerWindow`` numbers.
    func take(into buffer: UnsafeMutableBufferPointer<Float>) {
        waiting.withLock { waiting in
            let start = waiting.taken * Self.size
            _ = buffer.update(fromContentsOf: waiting.numbers[start..<(start + Self.size)])
            waiting.taken += 1
            // Not with every frame, for those that wait have to be moved; nor when none waits, which may never be.
            guard waiting.taken * 2 * Self.size >= waiting.numbers.count else { return }
            waiting.numbers.removeSubrange(..<(waiting.taken * Self.size))
            waiting.taken = 0
        }
    }
}
