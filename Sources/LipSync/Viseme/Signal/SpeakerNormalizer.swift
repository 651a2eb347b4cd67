import Foundation

/// Makes every speaker, microphone and room look alike: spectra relative to the speaker's own vowels, without the
/// steady noise behind them.
struct SpeakerNormalizer {
    /// Numbers that describe one hop: its bands, then its loudness.
    static let featureCount = SpeechSpectrum.bandCount + 1
    /// What silence looks like.
    static let silence: Float = -3

    /// The hop normalised last: decibels / 12; bands relative to the mean of the speaker's loud, voiced hops,
    /// loudness relative to the loudest of the last seconds.
    private(set) var features = [Float](repeating: silence, count: featureCount)

    /// Decibels of the hop normalised last, relative to the loudest of the last seconds.
    var loudness: Float { features[SpeechSpectrum.bandCount] * 12 }

    /// Decibels of the hop normalised last, before the noise was taken from it, relative to that noise.
    private(set) var signalToNoise: Float = 0

    /// Level of loud speech in decibels; follows a louder speaker at once, and a quieter one at 2 dB/s.
    private var peak: Float = -25
    /// Mean spectrum of loud, voiced speech relative to `peak`. It begins as that of the average speaker.
    private var mean: [Float] = [-5, -5, -7, -10, -15, -17, -19, -21, -22, -24, -27, -29, -32]
    private var voicedHops = 0
    private var smoothed: [Float] = []
    private var least: [Float] = []
    /// How far below speech the noise is taken to be at least, in decibels. Speech may begin with the first sample,
    /// and looks like noise until it changes; what has been steady for half a second is noise.
    private var margin: Float = 18
    private var clean = [Float](repeating: 0, count: SpeechSpectrum.bandCount)

    /// Takes the powers of the next hop and updates ``features``.
    mutating func normalize(_ powers: [Float]) {
        if least.isEmpty {
            smoothed = powers
            least = powers
        }
        let level = removeNoise(from: powers)
        if level > peak {
            peak += 0.4 * (level - peak)
        } else if level > peak - 25 {
            peak -= 0.02
        }
        learnVoice(level: level)
        for band in 0..<clean.count {
            features[band] = min(max(clean[band] - peak - mean[band], -36), 12) / 12
        }
        features[clean.count] = min(max(level - peak, -36), 6) / 12
    }

    /// Spectral subtraction. The noise of a band is the least that it has been, rising 5 dB/s meanwhile.
    /// - Returns: the level of what remains, in decibels.
    private mutating func removeNoise(from powers: [Float]) -> Float {
        var total: Float = 0
        var totalBefore: Float = 0
        var totalNoise: Float = 0
        for band in 0..<clean.count {
            smoothed[band] += 0.2 * (powers[band] - smoothed[band])
            least[band] = min(least[band] * 1.012, smoothed[band])
            let noise = min(least[band], exp10(0.1 * (peak + mean[band] - margin)))
            let rest = max(powers[band] - 2 * noise, 0.001 * powers[band]) + 1e-10
            total += rest
            totalBefore += powers[band]
            totalNoise += noise
            clean[band] = 10 * log10(rest)
        }
        margin = max(margin - 0.18, 7)
        signalToNoise = 10 * log10(totalBefore / totalNoise)
        return 10 * log10(total)
    }

    private mutating func learnVoice(level: Float) {
        // Fricatives are loud too; a vowel is stronger below 1 kHz than above 3.7 kHz.
        guard level > peak - 12,
            max(clean[1], clean[2], clean[3]) > max(clean[10], clean[11], clean[12])
        else { return }
        voicedHops = min(voicedHops + 1, 150)
        let rate = 1 / Float(50 + voicedHops)
        for band in 0..<clean.count { mean[band] += rate * (clean[band] - peak - mean[band]) }
    }
}

/// Glibc has it for Double only under this name.
private func exp10(_ exponent: Float) -> Float { exp2(exponent * 3.321_928_1) }
