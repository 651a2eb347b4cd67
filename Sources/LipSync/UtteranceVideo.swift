import Avatars
import Batching
import Metrics
import Video

/// The picture of one utterance: speech goes in as it comes, encoded frames come out in order.
///
/// Dropping it, or ``cancel()``, interrupts the utterance and gives its encoder and its engine's resources back.
/// Ask for one frame at a time: a caller that asks again before the last answer came gets nil.
public actor UtteranceVideo {
    /// What is needed only while frames are still to come.
    private struct Making {
        let faces: any UtteranceFaces
        let encoder: LentEncoder
        /// The next frame's, painted or to be painted.
        var picture: PixelBuffer
        /// Where the one after it is painted while it is compressed, if nobody waits.
        var otherPicture: PixelBuffer?
    }

    /// How often decoding can start, in frames: ten seconds, so that who begins to film in the middle of a long answer
    /// need not know all of it.
    static let keyframeInterval = 10 * FrameTiming.fps
    /// What is kept of the slack for painting and compressing a face that was waited for.
    private static let filmingTime = Duration.milliseconds(20)

    /// What is counted of its frames.
    public nonisolated let metrics: FrameMetrics

    private let studio: FrameStudio
    private let baseFrameCount: Int
    private let firstBaseFrame: Int
    private var making: Making?
    /// The utterance's number in the studio, from its first frame on.
    private var number: FrameJob.Utterance?
    private var samples = 0
    private var hasAllSpeech = false
    private var isPainting = false
    /// Whether the next frame's picture is finished: nobody waited for the one before.
    private var isPaintedAhead = false
    private var nextIndex = 0
    private var keyframeIsDue = false
    /// The frame that the studio has just made.
    private var filmed: Result<EncodedFrame, any Error>?

    init(
        avatar: Avatar, firstBaseFrame: Int, faces: sending any UtteranceFaces, encoder: sending LentEncoder,
        studio: FrameStudio, metrics: FrameMetrics
    ) {
        self.studio = studio
        self.metrics = metrics
        baseFrameCount = avatar.frameCount
        self.firstBaseFrame = firstBaseFrame
        making = Making(
            faces: faces, encoder: encoder, picture: PixelBuffer(width: avatar.width, height: avatar.height))
    }

    deinit {
        if let number { Task { [studio] in await studio.batcher.end(number) } }
    }

    /// Takes the next piece of speech, 24 kHz mono, of any length. After ``finish()`` or ``cancel()`` it is ignored.
    public func append(_ speech: [Int16]) {
        guard !hasAllSpeech else { return }
        samples += speech.count
        making?.faces.append(speech)
    }

    /// Says that no more speech follows.
    public func finish() {
        guard !hasAllSpeech else { return }
        hasAllSpeech = true
        making?.faces.finish()
        releaseIfComplete()
    }

    /// Interrupts the utterance: no frame follows.
    public func cancel() {
        hasAllSpeech = true
        making = nil
    }

    /// Makes the next frame.
    /// - Parameter slack: how long from now it is wanted; nil if nobody waits for it. If there is no time to make it, the
    ///   picture of the frame before it comes once more.
    /// - Returns: nil if that frame needs more speech, or if no frame follows: see ``isComplete``.
    /// - Throws: what the engine or the encoder throws; the utterance is then over.
    public func nextFrame(within slack: Duration? = nil) async throws -> VideoFrame? {
        guard let making, !isPainting else { return nil }
        isPainting = true
        defer { isPainting = false }
        let asked = ContinuousClock.now
        do {
            if !isPaintedAhead {
                let wanted = slack.map { $0 - Self.filmingTime }
                guard try await making.faces.prepareNextFrame(within: wanted) else { return nil }
            }
            try await film(within: slack.map { $0 - (ContinuousClock.now - asked) })
            // Whoever interrupted the utterance meanwhile wants no more of it.
            guard self.making != nil, let encoded = try filmed?.get() else { return nil }
            defer {
                filmed = nil
                nextIndex += 1
                releaseIfComplete()
            }
            return VideoFrame(
                index: nextIndex, baseFrame: (firstBaseFrame + nextIndex) % baseFrameCount, encoded: encoded)
        } catch {
            cancel()
            throw error
        }
    }

    /// True when no frame follows: the last one is out, or the utterance was interrupted.
    public var isComplete: Bool { making == nil }

    /// Makes the next frame a keyframe, for a client that missed some.
    public func requestKeyframe() {
        keyframeIsDue = true
    }

    /// Has the prepared frame made when it is its turn; at once if nobody waits for it: then nobody else does either.
    private func film(within slack: Duration?) async throws {
        guard let slack else { return try await filmAhead() }
        let number: FrameJob.Utterance
        if let known = self.number {
            number = known
        } else {
            number = await studio.batcher.begin()
            self.number = number
        }
        let outcome = try await studio.batcher.make(
            { await self.filmNow(paints: true) }, in: number, isFirst: nextIndex == 0, within: slack)
        // Of the first frame there is none before.
        if outcome == .dropped { _ = filmNow(paints: nextIndex == 0) }
    }

    /// Makes the prepared frame, and paints the one after it, if that needs no more speech, while this is compressed.
    private func filmAhead() async throws {
        guard let making else { return }
        if !isPaintedAhead { making.faces.paintNextFrame(into: making.picture) }
        isPaintedAhead = false
        // Unsafe: ``isPainting`` keeps everybody else from both until they are compressed with.
        nonisolated(unsafe) let (encoder, picture) = (making.encoder, making.picture)
        let isKeyframe = takeKeyframeRequest()
        async let encoded = Self.encode(picture, with: encoder, forceKeyframe: isKeyframe, metrics)
        let following = making.otherPicture ?? PixelBuffer(width: picture.width, height: picture.height)
        self.making?.otherPicture = picture
        self.making?.picture = following
        if try await making.faces.prepareNextFrame(within: nil) {
            making.faces.paintNextFrame(into: following)
            isPaintedAhead = true
        }
        filmed = await encoded
        metrics.made.increment()
    }

    /// Makes the prepared frame, or repeats the one before.
    /// - Returns: how long that took of a core: that others want the core, too, says nothing of how many it carries.
    private func filmNow(paints: Bool) -> Duration {
        guard let making else { return .zero }
        let start = ProcessorTime.ofThread
        if isPaintedAhead {
            isPaintedAhead = false
        } else if paints {
            making.faces.paintNextFrame(into: making.picture)
        } else {
            making.faces.skipNextFrame()
        }
        filmed = Self.encode(
            making.picture, with: making.encoder, forceKeyframe: takeKeyframeRequest(), metrics)
        (paints ? metrics.made : metrics.droppedForDeadline).increment()
        return ProcessorTime.ofThread - start
    }

    private static func encode(
        _ picture: PixelBuffer, with encoder: LentEncoder, forceKeyframe: Bool, _ metrics: FrameMetrics
    ) -> Result<EncodedFrame, any Error> {
        let start = ContinuousClock.now
        defer { metrics.encoding.record(duration: ContinuousClock.now - start) }
        return Result { try encoder.encode(picture, forceKeyframe: forceKeyframe) }
    }

    private func takeKeyframeRequest() -> Bool {
        defer { keyframeIsDue = false }
        return keyframeIsDue || nextIndex.isMultiple(of: Self.keyframeInterval)
    }

    private func releaseIfComplete() {
        if hasAllSpeech, nextIndex == FrameTiming.frameCount(ofSamples: samples) { making = nil }
    }
}
