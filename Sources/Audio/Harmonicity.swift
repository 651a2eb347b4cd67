import Foundation

/// How much a spectrum looks like a voice's: a comb of harmonics of one pitch between 70 and 400 Hz.
///
/// The cue is the highest peak of the autocorrelation in the range of pitch periods, computed from the spectrum
/// (Wiener-Khinchin), of which the caller has suppressed what belongs to the noise: a humming fan is as
/// harmonic as a voice, but it is always there.
struct Harmonicity: Sendable {
    /// Bins that are looked at: up to 2 kHz, where harmonics stand apart.
    let bins: Range<Int>

    private let lags: [Int]
    /// What the window leaves of a perfectly periodic sound at each lag.
    private let windowing: [Float]
    /// cos(2π bin lag / size), by lag, then bin.
    private let cosines: [Float]

    /// - Parameters:
    ///   - size: samples of the transform, and of its Hann window.
    ///   - sampleRate: samples a second.
    init(size: Int, sampleRate: Int) {
        let binWidth = Double(sampleRate) / Double(size)
        bins = Int((80 / binWidth).rounded(.up))..<Int(2_000 / binWidth)
        lags = Array(stride(from: sampleRate / 400, through: sampleRate / 70, by: 2))
        windowing = lags.map { lag in
            // The autocorrelation of the Hann window, normalised.
            let x = Double(lag) / Double(size)
            return Float((1 - x) * (2.0 / 3 + cos(2 * .pi * x) / 3) + sin(2 * .pi * x) / (2 * .pi))
        }
        cosines = lags.flatMap { [bins] lag in
            bins.map { Float(cos(2 * .pi * Double($0) * Double(lag) / Double(size))) }
        }
    }

    /// 0 for noise, towards 1 for a clear voice.
    /// - Parameter magnitudes: |X[k]| for k in ``bins``, without noise.
    func callAsFunction(_ magnitudes: [Float]) -> Float {
        var total: Float = 0
        for magnitude in magnitudes { total += magnitude }
        guard total > 0 else { return 0 }
        var best: Float = 0
        for (index, window) in windowing.enumerated() {
            var sum: Float = 0
            let row = index * magnitudes.count
            for bin in 0..<magnitudes.count { sum += magnitudes[bin] * cosines[row + bin] }
            best = max(best, sum / window)
        }
        return min(best / total, 1)
    }
}
