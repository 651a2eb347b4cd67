import Avatars
public import Inference

/// Reads lips off speech with the trained network: speech in pieces of any size, one ``LipMoment`` per video frame.
///
/// It knows neither voice nor language. Frame k uses the speech up to 76 ms after its PTS and nothing later, and comes out
/// as soon as speech goes on beyond 80 ms, or has ended. What comes out does not depend on how the speech was cut into
/// pieces. The first frames open from rest, the last two close to rest, so that the avatar's idle clip joins on both sides.
///
/// One frame is asked for at a time; speech may be appended meanwhile.
public final class LipReader {
    /// Hops that are heard before those of frame 0: its run then ends with hop 6, see ``MelSpectrum``.
    private static let lead = 3

    private let network: LipNetwork
    private let slot = LipSlot()
    private var speech = SpeechQueue()
    private var spectrum = MelSpectrum()
    private var motion = LipMotion()
    private var nextFrame = 0
    private var isFinished = false
    private var isReading = false

    /// Starts an utterance.
    public init(_ network: LipNetwork) { self.network = network }

    /// Takes the next piece of speech, 24 kHz mono, of any length.
    public func append(_ speech: [Int16]) { self.speech.append(speech) }

    /// Says that no more speech follows.
    public func finish() { isFinished = true }

    /// The next frame's mouth; nil if it needs more speech, or if all frames are out.
    /// - Throws: ``InferenceError``.
    public func next() async throws(InferenceError) -> LipMoment? {
        guard let presence = try await readFrame() else { return nil }
        return shown(motion.frame(slot.moment(0), slot.moment(1)), presence)
    }

    /// What ``next()`` makes a frame of: the moments at its PTS and 20 ms later, 50 a second, as the network has them.
    /// - Throws: ``InferenceError``.
    public func nextMoments() async throws(InferenceError) -> (first: LipMoment, second: LipMoment)? {
        guard let presence = try await readFrame() else { return nil }
        return (shown(slot.moment(0), presence), shown(slot.moment(1), presence))
    }

    /// Has the moments of the next frame read.
    /// - Returns: what is shown of the mouth in that frame, 0…1; nil if there is none.
    private func readFrame() async throws(InferenceError) -> Float? {
        precondition(!isReading, "the next frame is asked for while one is being read")
        let frames = FrameTiming.frameCount(ofSamples: speech.total)
        // Speech that goes on beyond two more frames proves that this one is not among the last two.
        guard nextFrame < (isFinished ? frames : frames - 2) else { return nil }
        if nextFrame == 0 { hear(hops: Self.lead) }
        hear(hops: LipSlot.hops - LipSlot.context)
        let frame = nextFrame
        nextFrame += 1
        isReading = true
        defer { isReading = false }
        try await network.read(slot)
        return UtteranceSeams.presence(
            frame: frame, framesLeft: isFinished ? FrameTiming.frameCount(ofSamples: speech.total) - frame - 1 : nil)
    }

    private func hear(hops: Int) {
        slot.hear(hops: hops) { _, bands in spectrum.readHop(from: &speech, into: bands) }
    }

    private func shown(_ moment: LipMoment, _ presence: Float) -> LipMoment {
        LipMoment(shape: MouthShape(parts: moment.shape.parts * presence), visemes: moment.visemes)
    }
}
