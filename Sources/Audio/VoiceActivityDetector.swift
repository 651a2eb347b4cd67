import Foundation

/// Says, every 10 ms, how likely it is that somebody speaks.
///
/// Two cues, both relative to the background noise that it learns by itself: the likelihood ratio of speech
/// against noise over the bands of the spectrum (Sohn, Kim and Sung 1999), and whether what rises above the noise is
/// harmonic, as voices are. Steady noise of any colour is not speech, nor is a click; noise that sets in or grows
/// louder is learnt within a second and a half. The probability passes 0.5 within 50 ms of the onset of speech, and
/// of its end; pauses between words are seen, so that who takes turns decides how long a pause ends a turn.
///
/// Nothing is allocated while it runs. It cannot be copied: its FFT has scratch memory of which there is only one.
public struct VoiceActivityDetector: SpeechDetector, ~Copyable {
    /// Samples that one probability stands for: 10 ms.
    public static let hop = SpeechFormat.sampleRate / 100

    private let fft = RealFFT(size: size)
    private var noise: NoiseFloor
    private var evidence = SpeechEvidence()
    /// The latest `size` samples, as if the sound were unbroken.
    private var recent: [Float]
    /// Samples of `recent` that belong to the hop that is not complete yet.
    private var pending = 0
    /// The SNR of each band after the noise was taken away from the frame before.
    private var previousSNR: [Float]

    // What a frame is turned into; kept, so that nothing is allocated.
    private var windowed: [Float]
    private var spectrum: [Float]
    private var bandPower: [Float]
    private var longBandPower: [Float]
    private var magnitudes: [Float]

    private let bands: SpeechBands
    private let bandWidths: [Float]
    private var harmonicity: Harmonicity
    /// 21 ms, for the likelihood: short, so that onsets are seen early.
    private let shortWindow: [Float]
    /// 43 ms, for the harmonics: several periods of a low voice.
    private let longWindow: [Float]

    private static let size = 1_024

    /// Starts with silence behind it.
    public init() {
        bands = SpeechBands(binWidth: Double(SpeechFormat.sampleRate) / Double(Self.size))
        bandWidths = bands.widths.map(Float.init)
        harmonicity = Harmonicity(size: Self.size, sampleRate: SpeechFormat.sampleRate)
        shortWindow = Self.hann(Self.size / 2)
        longWindow = Self.hann(Self.size)
        // Until half a second has been heard: a quiet room, as power per bin, falling with 4.5 dB an octave.
        let quietRoom = bands.edges.dropLast().map { 2e-6 * pow(45 / Float($0), 1.5) }
        noise = NoiseFloor(widths: bands.widths, presumed: quietRoom, least: 3e-8)
        recent = Array(repeating: 0, count: Self.size)
        previousSNR = Array(repeating: 0, count: SpeechBands.count)
        windowed = Array(repeating: 0, count: Self.size)
        spectrum = Array(repeating: 0, count: Self.size / 2 + 1)
        bandPower = Array(repeating: 0, count: SpeechBands.count)
        longBandPower = bandPower
        magnitudes = Array(repeating: 0, count: harmonicity.bins.count)
    }

    /// Takes the next samples, any number of them, and calls `body` with the probability that somebody speaks,
    /// 0…1, once for each 10 ms that they complete.
    public mutating func process(_ samples: [Int16], _ body: (_ probability: Float) -> Void) {
        var next = 0
        while next < samples.count {
            let taken = min(Self.hop - pending, samples.count - next)
            let start = Self.size - Self.hop + pending
            for offset in 0..<taken { recent[start + offset] = Float(samples[next + offset]) / 32_768 }
            next += taken
            pending += taken
            guard pending == Self.hop else { return }
            pending = 0
            judge()
            body(evidence.probability)
            for index in 0..<(Self.size - Self.hop) { recent[index] = recent[index + Self.hop] }
        }
    }

    /// Judges the newest 10 ms.
    private mutating func judge() {
        let likelihood = likelihoodRatio()
        var power: Float = 0
        for band in 0..<SpeechBands.count { power += bandPower[band] * bandWidths[band] }
        let voicing = SpeechEvidence.mayBeSpeech(likelihood: likelihood) ? voicing() : 0
        evidence.weigh(likelihood: likelihood, harmonicity: voicing, power: power, knowsNoise: noise.isLearnt)
        // Digital silence is a muted microphone, not a quiet room: the noise will be back when it is unmuted.
        if power > 0 { noise.update(with: bandPower, isNoise: evidence.isNoise) }
    }

    /// The mean over the bands of the log likelihood ratio of speech in noise against noise alone.
    private mutating func likelihoodRatio() -> Float {
        let half = Self.size / 2
        for index in 0..<half { windowed[index] = recent[half + index] * shortWindow[index] }
        for index in half..<Self.size { windowed[index] = 0 }
        fft.powerSpectrum(of: windowed, into: &spectrum)
        bands.average(spectrum, into: &bandPower)
        var sum: Float = 0
        for band in 0..<SpeechBands.count {
            let posterior = min(bandPower[band] / noise.power[band], 100)
            // The prior SNR, decision directed (Ephraim and Malah 1984).
            let prior = max(0.7 * previousSNR[band] + 0.3 * max(posterior - 1, 0), 0.003)
            let gain = prior / (1 + prior)
            previousSNR[band] = gain * gain * posterior
            sum += min(posterior * gain - log(1 + prior), 6)
        }
        return sum / Float(SpeechBands.count)
    }

    /// The harmonicity of what the newest 43 ms have above the noise.
    private mutating func voicing() -> Float {
        for index in 0..<Self.size { windowed[index] = recent[index] * longWindow[index] }
        fft.powerSpectrum(of: windowed, into: &spectrum)
        bands.average(spectrum, into: &longBandPower)
        for index in magnitudes.indices { magnitudes[index] = 0 }
        var audible = 0
        for band in 0..<SpeechBands.count where bands.edges[band] < harmonicity.bins.upperBound {
            // Whole bands are kept or dropped: within its band the line of a hum would stand out.
            let gain = 1 - 2 * noise.power[band] / max(longBandPower[band], 1e-12)
            guard gain > 0 else { continue }
            audible += 1
            for bin in bands.bins(of: band).clamped(to: harmonicity.bins) {
                magnitudes[bin - harmonicity.bins.lowerBound] = gain * spectrum[bin].squareRoot()
            }
        }
        // A few neighbouring bands, of which a rumble is made, look harmonic whatever is in them.
        return audible < 4 ? 0 : harmonicity(magnitudes)
    }

    /// The Hann window, scaled so that white noise of variance v has the power v in every bin.
    private static func hann(_ count: Int) -> [Float] {
        let scale = (8.0 / (3 * Double(count))).squareRoot()
        return (0..<count).map { index in
            let phase = 2 * Double.pi * (Double(index) + 0.5) / Double(count)
            return Float(scale * (0.5 - 0.5 * cos(phase)))
        }
    }
}
