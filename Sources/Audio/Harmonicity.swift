import Foundation

/// How much a spectrum looks like a voice's: a comb of harmonics of one pitch between 70 and 400 Hz.
///
/// The cue is the highest peak of the autocorrelation in the range of pitch periods, computed from the spectrum
/// (Wiener-Khinchin), of which the caller has suppressed what belongs to the noise: a humming fan is as
/// harmonic as a voice, but it is always there.
struct Harmonicity: Sendable {
    /// Bins that are looked at: up to 2 kHz, where harmonics stand apart.
    let bins: Range<Int>

    /// What the window takes from a periodic sound at each lag, inverted.
    private let unwindowing: [Float]
    /// cos(2π bin lag / size), by bin, then lag: the inner loop runs over lags, so that it is vectorised.
    private let cosines: [Float]
    private var correlation: [Float]

    /// - Parameters:
    ///   - size: samples of the transform, and of its Hann window.
    ///   - sampleRate: samples a second.
    init(size: Int, sampleRate: Int) {
        let binWidth = Double(sampleRate) / Double(size)
        let bins = Int((80 / binWidth).rounded(.up))..<Int(2_000 / binWidth)
        let lags = Array(stride(from: sampleRate / 400, through: sampleRate / 70, by: 2))
        unwindowing = lags.map { lag in
            // The autocorrelation of the Hann window, normalised.
            let x = Double(lag) / Double(size)
            let cosine = cos(2 * .pi * x)
            let sine = sin(2 * .pi * x)
            return Float(1 / ((1 - x) * (2 + cosine) / 3 + sine / (2 * .pi)))
        }
        cosines = bins.flatMap { bin in
            lags.map { Float(cos(2 * .pi * Double(bin) * Double($0) / Double(size))) }
        }
        correlation = Array(repeating: 0, count: lags.count)
        self.bins = bins
    }

    /// 0 for silence, some 0.2 for noise, towards 1 for a clear voice: half the distance from the highest peak to the
    /// lowest valley.
    /// - Parameter magnitudes: |X[k]| for k in ``bins``, without noise. (Magnitudes, not powers: they give weak
    ///   harmonics a say beside the strongest formant.)
    mutating func callAsFunction(_ magnitudes: [Float]) -> Float {
        let lags = correlation.count
        for lag in 0..<lags { correlation[lag] = 0 }
        var total: Float = 0
        for bin in 0..<magnitudes.count where magnitudes[bin] > 0 {
            let magnitude = magnitudes[bin]
            total += magnitude
            let row = bin * lags
            for lag in 0..<lags { correlation[lag] += magnitude * cosines[row + lag] }
        }
        guard total > 0 else { return 0 }
        var highest: Float = 0
        var lowest: Float = 0
        for lag in 0..<lags {
            let value = correlation[lag] * unwindowing[lag]
            highest = max(highest, value)
            lowest = min(lowest, value)
        }
        return min((highest - lowest) / (2 * total), 1)
    }
}
