import Audio
import Foundation

/// Speech as a spectrum every 10 ms, from pieces of any size.
///
/// Hop j is centred on sample 240 j + 120: a periodic Hann window of 512 samples (21 ms, short enough to see the
/// 50 ms of a bilabial closure), its power gathered into ``bandCount`` bands between 94 Hz and 7.8 kHz. Recordings
/// at 16 kHz have nothing above, so nothing above is looked at.
struct SpeechSpectrum: ~Copyable {
    /// Samples from one hop to the next: 10 ms.
    static let hop = 240
    /// Samples of one window.
    static let windowSize = 512
    /// The samples that must be known to analyse hop 0; each further hop takes ``hop`` more.
    static let firstReach = (hop + windowSize) / 2
    /// The first FFT bin of each band, then the end of the last; a bin is 46.9 Hz wide.
    static let edges = [2, 6, 10, 14, 19, 25, 32, 40, 50, 62, 78, 98, 126, 166]
    /// Numbers that a spectrum has.
    static let bandCount = edges.count - 1

    /// The power in each band of the hop read last; 1 is about a sine of full scale.
    private(set) var powers = [Float](repeating: 0, count: bandCount)

    private let fft = RealFFT(size: windowSize)
    private let window: [Float]
    private var samples = [Float](repeating: 0, count: windowSize)
    private var windowed = [Float](repeating: 0, count: windowSize)
    private var spectrum: [Float]
    private var hasStarted = false

    init() {
        let turn = 2 * Float.pi / Float(Self.windowSize)
        window = (0..<Self.windowSize).map { 0.5 - 0.5 * cos(turn * Float($0)) }
        spectrum = [Float](repeating: 0, count: fft.binCount)
    }

    /// Analyses the next hop, whose samples come out of `speech`.
    mutating func readHop(from speech: inout SpeechQueue) {
        let fresh = hasStarted ? Self.hop : Self.firstReach
        hasStarted = true
        samples.withUnsafeMutableBufferPointer { samples in
            let kept = samples.count - fresh
            for index in 0..<kept { samples[index] = samples[index + fresh] }
            speech.read(into: UnsafeMutableBufferPointer(rebasing: samples[kept...]))
        }
        for index in 0..<Self.windowSize { windowed[index] = samples[index] * window[index] }
        fft.powerSpectrum(of: windowed, into: &spectrum)
        // A sine of full scale has |X| = windowSize / 4 under a Hann window, and 1.5 bins of noise bandwidth.
        let scale: Float = 16 / 3 / Float(Self.windowSize * Self.windowSize)
        for band in 0..<Self.bandCount {
            var sum: Float = 0
            for bin in Self.edges[band]..<Self.edges[band + 1] { sum += spectrum[bin] }
            powers[band] = sum * scale + 1e-10
        }
    }
}
