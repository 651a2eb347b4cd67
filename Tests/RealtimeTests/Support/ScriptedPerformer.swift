import Batching
import LipSync
import Realtime
import Synchronization
import Telemetry
import Video

/// An avatar without pictures: its frames come when the real one's would, and say which frame they are.
final class ScriptedPerformer: Performing {
    let avatarDescription = AvatarDescription(
        id: "test", name: "Test", width: 64, height: 64, fps: 25, frames: 250, codec: "avc1.42C01F")
    let starts = Mutex<[Int]>([])
    let places: [SpeakingPlaces]
    private let failingFrame: Int?
    private let metrics: FrameMetrics

    /// - Parameters:
    ///   - failingFrame: the frame that cannot be made.
    ///   - places: what each utterance takes one of.
    ///   - metrics: where its frames are counted.
    init(failingFrame: Int? = nil, places: [SpeakingPlaces] = [], metrics: PrometheusMetrics = PrometheusMetrics()) {
        self.failingFrame = failingFrame
        self.places = places
        self.metrics = FrameMetrics(engine: "scripted", device: "cpu", factory: metrics)
    }

    func startUtterance(atBaseFrame baseFrame: Int) throws -> ScriptedUtterance {
        starts.withLock { $0.append(baseFrame) }
        return ScriptedUtterance(baseFrame: baseFrame, failingFrame: failingFrame, metrics: metrics)
    }
}

struct BrokenEngine: Error, CustomStringConvertible {
    let description = "the engine broke"
}

actor ScriptedUtterance: PerformedUtterance {
    nonisolated let metrics: FrameMetrics
    private let baseFrame: Int
    private let failingFrame: Int?
    private var samples = 0
    private var isFinished = false
    private var next = 0
    private var keyframeIsDue = true

    init(baseFrame: Int, failingFrame: Int?, metrics: FrameMetrics) {
        self.metrics = metrics
        self.baseFrame = baseFrame
        self.failingFrame = failingFrame
    }

    func append(_ speech: [Int16]) { samples += speech.count }
    func finish() { isFinished = true }
    func requestKeyframe() { keyframeIsDue = true }

    func nextFrame(within slack: Duration?) async throws -> VideoFrame? {
        // 80 ms of look-ahead, as the viseme engine has.
        let isPossible = isFinished ? next * 960 < samples : (next + 3) * 960 <= samples
        guard isPossible else { return nil }
        if next == failingFrame { throw BrokenEngine() }
        defer {
            next += 1
            keyframeIsDue = false
        }
        return VideoFrame(
            index: next, baseFrame: (baseFrame + next) % 250,
            encoded: EncodedFrame(data: [0, 0, 0, 1, UInt8(next % 256)], isKeyframe: keyframeIsDue))
    }
}
