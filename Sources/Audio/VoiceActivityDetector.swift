import Foundation

/// Says, every 10 ms, how likely it is that somebody speaks.
///
/// Two cues, both relative to the background noise that it learns by itself (``NoiseFloor``): the likelihood
/// ratio of speech against noise over the bands of the spectrum (Sohn, Kim and Sung 1999), and the
/// harmonicity of what rises above the noise. The evidence is summed over some 30 ms: a click is too short to be
/// believed, speech is seen within 50 ms of its onset, and its end as soon. Longer pauses are the business of
/// whoever takes turns.
///
/// Nothing is allocated while it runs.
public struct VoiceActivityDetector: @unchecked Sendable {
    // @unchecked: the FFT has scratch memory and is not Sendable, but no two values ever use the same (`ownFFT`).

    /// Samples that one probability stands for: 10 ms.
    public static let hop = SpeechFormat.sampleRate / 100

    private var fft = RealFFT(size: size)
    private var noise: NoiseFloor
    /// The latest `size` samples, as if the sound were unbroken.
    private var recent: [Float]
    /// Samples of `recent` that belong to the hop that is not complete yet.
    private var pending = 0
    /// The evidence so far, in log odds.
    private var evidence = -evidenceLimit
    private var priorSNR: [Float]

    private var windowed: [Float]
    private var spectrum: [Float]
    private var bandPower: [Float]
    private var longBandPower: [Float]
    private var magnitudes: [Float]

    private let bands: SpeechBands
    private let harmonicity: Harmonicity
    private let shortWindow: [Float]
    private let longWindow: [Float]

    private static let size = 1024
    private static let evidenceLimit: Float = 4

    /// Starts with silence behind it.
    public init() {
        let bins = Self.size / 2 + 1
        bands = SpeechBands(binWidth: Double(SpeechFormat.sampleRate) / Double(Self.size))
        harmonicity = Harmonicity(size: Self.size, sampleRate: SpeechFormat.sampleRate)
        // Both windows are scaled so that white noise of variance v has the power v in every bin.
        shortWindow = Self.hann(Self.size / 2)
        longWindow = Self.hann(Self.size)
        noise = NoiseFloor(bands: SpeechBands.count, presumed: 3e-7, least: 3e-9)
        recent = Array(repeating: 0, count: Self.size)
        priorSNR = Array(repeating: 0, count: SpeechBands.count)
        windowed = Array(repeating: 0, count: Self.size)
        spectrum = Array(repeating: 0, count: bins)
        bandPower = Array(repeating: 0, count: SpeechBands.count)
        longBandPower = Array(repeating: 0, count: SpeechBands.count)
        magnitudes = Array(repeating: 0, count: harmonicity.bins.count)
    }

    /// Takes the next samples, any number of them, and calls `body` with the probability that somebody speaks,
    /// 0…1, once for each 10 ms that they complete.
    public mutating func process(_ samples: [Int16], _ body: (_ probability: Float) -> Void) {
        ownFFT()
        var next = 0
        while next < samples.count {
            let taken = min(Self.hop - pending, samples.count - next)
            let start = Self.size - Self.hop + pending
            for offset in 0..<taken { recent[start + offset] = Float(samples[next + offset]) / 32_768 }
            next += taken
            pending += taken
            guard pending == Self.hop else { return }
            pending = 0
            body(judge())
            recent.withUnsafeMutableBufferPointer { recent in
                for index in 0..<(Self.size - Self.hop) { recent[index] = recent[index + Self.hop] }
            }
        }
    }

    /// Judges the newest 10 ms.
    private mutating func judge() -> Float {
        let likelihood = likelihoodRatio()
        let voicing = likelihood > 0.2 ? voicing() : 0
        let step = 0.9 * (likelihood - 1) + 4 * (voicing - 0.35)
        let limit: Float = voicing > 0.5 ? 2 : 1.1
        evidence = max(-Self.evidenceLimit, min(evidence + max(-1.5, min(step, limit)), Self.evidenceLimit))
        noise.update(with: bandPower, isNoise: evidence < -2)
        return 1 / (1 + exp(-1.5 * evidence))
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
            let prior = max(0.7 * priorSNR[band] + 0.3 * max(posterior - 1, 0), 0.003)
            let gain = prior / (1 + prior)
            priorSNR[band] = gain * gain * posterior
            sum += min(posterior * gain - log(1 + prior), 6)
        }
        return sum / Float(SpeechBands.count)
    }

    /// The harmonicity of what the newest 43 ms have above the noise.
    private mutating func voicing() -> Float {
        for index in 0..<Self.size { windowed[index] = recent[index] * longWindow[index] }
        fft.powerSpectrum(of: windowed, into: &spectrum)
        bands.average(spectrum, into: &longBandPower)
        let first = harmonicity.bins.lowerBound
        for index in magnitudes.indices { magnitudes[index] = 0 }
        for band in 0..<SpeechBands.count where bands.edges[band] < harmonicity.bins.upperBound {
            // Whole bands are kept or dropped: within its band the line of a hum would stand out.
            let gain = max(0, 1 - 2 * noise.power[band] / max(longBandPower[band], 1e-12))
            for bin in bands.edges[band]..<min(bands.edges[band + 1], harmonicity.bins.upperBound) where bin >= first {
                magnitudes[bin - first] = gain * spectrum[bin].squareRoot()
            }
        }
        return harmonicity(magnitudes)
    }

    /// A copy of a detector makes an FFT of its own before it uses one.
    private mutating func ownFFT() {
        if !isKnownUniquelyReferenced(&fft) { fft = RealFFT(size: Self.size) }
    }

    private static func hann(_ count: Int) -> [Float] {
        let scale = (8.0 / (3 * Double(count))).squareRoot()
        return (0..<count).map { index in
            let phase = 2 * Double.pi * (Double(index) + 0.5) / Double(count)
            return Float(scale * (0.5 - 0.5 * cos(phase)))
        }
    }
}
