/// Hears what a mouth does: speech in pieces of any size, one ``MouthShape`` per video frame.
///
/// It knows neither voice nor language. Frame k uses the speech up to 80 ms after its PTS and nothing later, and
/// comes out as soon as speech goes on beyond that, or has ended. The shapes do not depend on how the speech was
/// cut into pieces. The first frames open from rest, the last two close to rest, so that the avatar's idle clip
/// joins on both sides.
///
/// Per 10 ms: ``SpeechSpectrum`` → ``SpeakerNormalizer`` → ``MouthReadout``; per frame: ``MouthMotion``.
public struct VisemeAnalyzer: ~Copyable {
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
    public mutating func append(_ speech: [Int16]) {
        self.speech.append(speech)
    }

    /// Says that no more speech follows.
    public mutating func finish() {
        isFinished = true
    }

    /// The next frame's mouth; nil if it needs more speech, or if all frames are out.
    ///
    /// The work is done here, a frame at a time: a minute of speech that is appended at once delays nobody.
    public mutating func next() -> MouthShape? {
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
        var shape = motion.nextFrame()
        shape.relax(by: Self.openingEase(frame: nextFrame))
        nextFrame += 1
        if isFinished { shape.relax(by: Self.closingEase(framesLeft: frames - nextFrame)) }
        return shape
    }

    /// Speech that begins with its first sample finds the mouth of the idle clip, and opens it over two frames.
    private static func openingEase(frame: Int) -> Float {
        switch frame {
        case 0: 0.3
        case 1: 0.75
        default: 1
        }
    }

    /// The idle clip follows the last frame.
    private static func closingEase(framesLeft: Int) -> Float {
        switch framesLeft {
        case 0: 0
        case 1: 0.45
        default: 1
        }
    }
}
