import Batching

/// Runs each batch size of a device before anybody waits for it: a GPU's libraries take seconds to prepare for a size,
/// and how long a batch takes is what batches are decided by.
struct WarmUp: Sendable {
    /// What was found of a device.
    struct Outcome: Sendable, Equatable {
        /// The time of each size that can be used, from 1 on.
        var times: [(size: Int, time: Duration)] = []
        /// Why there are no larger ones; nil if there are all.
        var limit: Limit?

        static func == (one: Outcome, other: Outcome) -> Bool {
            one.limit == other.limit && one.times.elementsEqual(other.times, by: ==)
        }
    }

    /// What keeps a device from larger batches.
    enum Limit: Sendable {
        case time
        case memory
    }

    /// Runs of a size that are measured; the one before them is not.
    private static let runs = 3

    /// How long it may take; a run that has begun is finished.
    let budget: Duration

    /// Measures a device.
    /// - Parameter onMeasured: is told each size and the median of its times.
    /// - Throws: what the runner throws; running out of memory only with a single frame.
    func measure<Runner: BatchRunner>(
        _ runner: Runner, sizes: BatchSizes, onMeasured: (Int, Duration) -> Void
    ) async throws -> Outcome where Runner.Work == FaceSlot {
        let start = ContinuousClock.now
        let slot = FaceSlot()
        var outcome = Outcome()
        for size in sizes.all {
            let spent = ContinuousClock.now - start
            if let last = outcome.times.last, spent + last.time * size / last.size > budget {
                outcome.limit = .time
                break
            }
            do {
                let batch = [FaceSlot](repeating: slot, count: size)
                let time = try await median(runner, batch, until: start + budget)
                outcome.times.append((size, time))
                onMeasured(size, time)
            } catch  where size > 1 && runner.isOutOfMemory(error) {
                outcome.limit = .memory
                break
            }
        }
        return outcome
    }

    private func median<Runner: BatchRunner>(
        _ runner: Runner, _ batch: [FaceSlot], until end: ContinuousClock.Instant
    ) async throws -> Duration where Runner.Work == FaceSlot {
        var time = try await runner.run(batch, inLane: 0)
        var times: [Duration] = []
        while times.count < Self.runs, ContinuousClock.now + time <= end {
            time = try await runner.run(batch, inLane: times.count % 2)
            times.append(time)
        }
        return times.isEmpty ? time : times.sorted()[times.count / 2]
    }
}
