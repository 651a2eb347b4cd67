import Audio
import Foundation

/// The power spectrum of speech every 10 ms, from pieces of any size.
///
/// Hop j is centred on sample 240 j + 120 at 24 kHz: a periodic Hann window of 512 samples, 21 ms, short enough to see the
/// 50 ms of a bilabial closure.
struct SpeechWindow: ~Copyable {
    /// Samples from one hop to the next.
    static let hop = 240
    /// Samples of one window.
    static let size = 512

    /// The power in each bin of the hop read last: a sine of full scale has 1 at its bin.
    private(set) var power: [Float]

    private let fft: RealFFT
    private let window: [Float]
    private var samples = [Float](repeating: 0, count: size)
    private var windowed = [Float](repeating: 0, count: size)
    private var hasStarted = false

    /// - Parameter fftSize: samples of a transform, a power of two from ``size`` on; the window is continued with zeros.
    init(fftSize: Int = size) {
        fft = RealFFT(size: fftSize)
        let turn = 2 * Double.pi / Double(Self.size)
        window = (0..<Self.size).map { Float(0.5 - 0.5 * cos(turn * Double($0))) }
        power = [Float](repeating: 0, count: fft.binCount)
    }

    /// Analyses the next hop, whose samples come out of `speech`.
    mutating func readHop(from speech: inout SpeechQueue) {
        let fresh = hasStarted ? Self.hop : (Self.hop + Self.size) / 2
        hasStarted = true
        samples.withUnsafeMutableBufferPointer { samples in
            let kept = samples.count - fresh
            for index in 0..<kept { samples[index] = samples[index + fresh] }
            speech.read(into: UnsafeMutableBufferPointer(rebasing: samples[kept...]))
        }
        for index in 0..<Self.size { windowed[index] = samples[index] * window[index] }
        fft.powerSpectrum(of: windowed, into: &power)
        // A sine of full scale has |X| = size / 4 under a Hann window.
        let scale: Float = 16 / Float(Self.size * Self.size)
        for bin in power.indices { power[bin] *= scale }
    }
}
