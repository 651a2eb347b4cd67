// What a frame costs beside making it: a batcher whose device does nothing, and utterances that want frame after frame.
//
//     swift run -c release batching-bench

import Batching

/// Makes nothing, at once.
struct Nothing: BatchRunner {
    @concurrent
    func run(_ batch: [Int], inLane lane: Int) async -> Duration { .microseconds(1) }

    func isOutOfMemory(_ error: any Error) -> Bool { false }
}

/// Utterances that keep some frames in the queue, as sessions do that run ahead of playback.
/// - Returns: microseconds a frame.
func measure(utterances: Int, ahead: Int, frames: Int) async throws -> Double {
    let batcher = FrameBatcher(Nothing(), configuration: .init(sizes: BatchSizes(upTo: 32)))
    for size in BatchSizes(upTo: 32).all { await batcher.record(.microseconds(1), forSize: size) }
    let each = max(1, frames / utterances / ahead)
    let start = ContinuousClock.now
    try await withThrowingTaskGroup { group in
        for _ in 0..<utterances {
            let utterance = await batcher.begin()
            for line in 0..<ahead {
                group.addTask {
                    for frame in 0..<each {
                        _ = try await batcher.make(
                            frame, in: utterance, isFirst: line == 0 && frame == 0, within: .seconds(2))
                    }
                }
            }
        }
        try await group.waitForAll()
    }
    return (ContinuousClock.now - start) / .microseconds(1) / Double(each * utterances * ahead)
}

@main struct BatchingBench {
    static func main() async throws {
        _ = try await measure(utterances: 24, ahead: 8, frames: 20_000)
        print("utterances  frames ahead  µs a frame")
        for utterances in [1, 24, 200] {
            for ahead in [1, 25] {
                var times: [Double] = []
                for _ in 0..<5 { times.append(try await measure(utterances: utterances, ahead: ahead, frames: 50_000)) }
                let median = (times.sorted()[2] * 10).rounded() / 10
                print([utterances, ahead].map { "\($0)".padded(to: 10) }.joined(separator: "  "), "  \(median)")
            }
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
