import Avatars
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
        let picture: PixelBuffer
    }

    private let baseFrameCount: Int
    private let firstBaseFrame: Int
    private var making: Making?
    private var samples = 0
    private var hasAllSpeech = false
    private var isPainting = false
    private var nextIndex = 0
    private var keyframeIsDue = false

    init(
        avatar: Avatar, firstBaseFrame: Int, faces: sending any UtteranceFaces, encoder: sending LentEncoder
    ) {
        baseFrameCount = avatar.frameCount
        self.firstBaseFrame = firstBaseFrame
        making = Making(
            faces: faces, encoder: encoder, picture: PixelBuffer(width: avatar.width, height: avatar.height))
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
    /// - Returns: nil if that frame needs more speech, or if no frame follows: see ``isComplete``.
    /// - Throws: what the engine or the encoder throws; the utterance is then over.
    public func nextFrame() async throws -> VideoFrame? {
        guard let making, !isPainting else { return nil }
        isPainting = true
        defer { isPainting = false }
        do {
            guard try await making.faces.paintNextFrame(into: making.picture) else { return nil }
            // Whoever interrupted the utterance meanwhile wants no more of it.
            guard self.making != nil else { return nil }
            let encoded = try making.encoder.encode(making.picture, forceKeyframe: keyframeIsDue)
            keyframeIsDue = false
            defer {
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

    private func releaseIfComplete() {
        if hasAllSpeech, nextIndex == FrameTiming.frameCount(ofSamples: samples) { making = nil }
    }
}
