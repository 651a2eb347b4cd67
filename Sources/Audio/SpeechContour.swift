import Foundation

/// The shape of sound over time, by which the same words are known again after a loudspeaker, a room and a microphone:
/// every 10 ms, how loud it is in eight bands.
///
/// Loudness is the fourth root of power: the steps between loud and soft stay, but no single vowel outweighs the rest.
/// Nothing is allocated while it runs. It cannot be copied: its FFT has scratch memory of which there is only one.
public struct SpeechContour: ~Copyable {
    /// The loudness in each band, from 100 Hz to 4.4 kHz.
    public typealias Frame = SIMD8<Float>

    /// Samples that one frame stands for: 10 ms.
    public static let hop = SpeechFormat.sampleRate / 100

    private static let size = 512

    private let fft = RealFFT(size: size)
    private let bands = SpeechBands(binWidth: Double(SpeechFormat.sampleRate) / Double(size))
    private let window: [Float]
    /// The latest `size` samples.
    private var recent: [Float]
    /// Samples of `recent` that belong to the hop that is not complete yet.
    private var pending = 0
    private var windowed: [Float]
    private var spectrum: [Float]
    private var power: [Float]

    /// Starts with silence behind it.
    public init() {
        window = (0..<Self.size).map { Float(0.5 - 0.5 * cos(2 * Double.pi * (Double($0) + 0.5) / Double(Self.size))) }
        recent = Array(repeating: 0, count: Self.size)
        windowed = recent
        spectrum = Array(repeating: 0, count: Self.size / 2 + 1)
        power = Array(repeating: 0, count: SpeechBands.count)
    }

    /// Takes the next samples, any number of them, and calls `body` once for each 10 ms that they complete.
    public mutating func process(_ samples: ArraySlice<Int16>, _ body: (Frame) -> Void) {
        for sample in samples {
            recent[Self.size - Self.hop + pending] = Float(sample) / 32_768
            pending += 1
            guard pending == Self.hop else { continue }
            pending = 0
            body(frame())
            for index in 0..<(Self.size - Self.hop) { recent[index] = recent[index + Self.hop] }
        }
    }

    private mutating func frame() -> Frame {
        for index in 0..<Self.size { windowed[index] = recent[index] * window[index] }
        fft.powerSpectrum(of: windowed, into: &spectrum)
        bands.average(spectrum, into: &power)
        var frame = Frame()
        for band in frame.indices {
            frame[band] = ((power[2 * band] + power[2 * band + 1]) / 2).squareRoot().squareRoot()
        }
        return frame
    }
}
