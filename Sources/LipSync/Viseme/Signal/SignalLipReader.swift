public import Avatars

/// Reads lips off speech by signal processing, where there is nothing to run ``LipNetwork``: speech in pieces of any size,
/// one ``MouthShape`` per video frame.
///
/// It knows neither voice nor language. Frame k uses the speech up to 80 ms after its PTS and nothing later, and
/// comes out as soon as speech goes on beyond that, or has ended. The shapes do not depend on how the speech was
/// cut into pieces. The first frames open from rest, the last two close to rest, so that the avatar's idle clip
/// joins on both sides.
///
/// Per 10 ms: ``SpeechSpectrum`` → ``SpeakerNormalizer`` → ``MouthReadout``; per frame: ``MouthMotion``.
public final class SignalLipReader {
    private var speech = SpeechQueue()
    private var spectrum = SpeechSpectrum()
    private var normalizer = SpeakerNormalizer()
    private var readout = MouthReadout()
    private var motion = MouthMotion()
    private var hops = 0
    private var nextFrame = 0
    private var isFinished = false

    /// Starts an utterance.
    public init() {}

    /// Takes the next piece of speech, 24 kHz mono, of any length.
    public func append(_ speech: [Int16]) {
        self.speech.append(speech)
    }

    /// Says that no more speech follows.
    public func finish() {
        isFinished = true
    }

    /// The next frame's mouth; nil if it needs more speech, or if all frames are out.
    ///
    /// The work is done here, a frame at a time: a minute of speech that is appended at once delays nobody.
    public func next() -> MouthShape? {
        let frames = FrameTiming.frameCount(ofSamples: speech.total)
        // Speech that goes on beyond two more frames proves that this one is not among the last two.
        guard nextFrame < (isFinished ? frames : frames - 2) else { return nil }
        let lastMoment = (nextFrame + 1) * MouthMotion.momentsPerFrame - 1
        while hops <= lastMoment + MouthReadout.reach {
            spectrum.readHop(from: &speech)
            normalizer.normalize(spectrum.powers)
            let moment = readout.read(normalizer.features)
            hops += 1
            guard hops > MouthReadout.reach else { continue }
            // The loudness is that of the latest hop, not of the moment: lips part before the sound and close with it.
            motion.observe(moment, loudness: normalizer.loudness, signalToNoise: normalizer.signalToNoise)
        }
        let shape = motion.nextFrame()
        let presence = UtteranceSeams.presence(
            frame: nextFrame, framesLeft: isFinished ? frames - nextFrame - 1 : nil)
        nextFrame += 1
        return MouthShape(parts: shape.parts * presence)
    }
}
