import Audio
import Foundation

/// Speech as a log-mel spectrum every 10 ms, from pieces of any size: what ``LipNetwork`` hears. Number for number that of
/// training/lipreading/mel.py; change them together.
///
/// The power of a ``SpeechWindow``, continued with zeros to 1024 samples, is gathered by triangles into ``bandCount`` bands
/// between 60 Hz and 7.8 kHz. Recordings at 16 kHz have nothing above, so nothing above is looked at.
struct MelSpectrum: ~Copyable {
    /// Numbers that a spectrum has.
    static let bandCount = 32
    /// A band of digital silence.
    static let silence = scaled(floor)

    private static let fftSize = 1024
    /// Of the power, where a sine of full scale has 1.
    private static let floor: Float = 1e-9
    private static let range: ClosedRange<Double> = 60...7_800

    /// The bins that a band gathers, and what each weighs in it.
    private struct Triangle {
        var firstBin: Int
        var weights: [Float]
    }

    private static let triangles = makeTriangles()

    private var window = SpeechWindow(fftSize: fftSize)

    /// Analyses the next hop, whose samples come out of `speech`.
    /// - Parameter bands: room for ``bandCount`` numbers: 0 at −50 dB of full scale, 1 at −30 dB.
    mutating func readHop(from speech: inout SpeechQueue, into bands: UnsafeMutableBufferPointer<Float>) {
        window.readHop(from: &speech)
        for (band, triangle) in Self.triangles.enumerated() {
            var sum: Float = 0
            for (index, weight) in triangle.weights.enumerated() {
                sum += window.power[triangle.firstBin + index] * weight
            }
            bands[band] = Self.scaled(sum + Self.floor)
        }
    }

    private static func scaled(_ power: Float) -> Float { (10 * log10(power) + 50) / 20 }

    private static func mel(_ hertz: Double) -> Double { 2_595 * log10(1 + hertz / 700) }

    private static func makeTriangles() -> [Triangle] {
        let (low, high) = (mel(range.lowerBound), mel(range.upperBound))
        let edges = (0...(bandCount + 1)).map { number in
            700 * (pow(10, (low + (high - low) * Double(number) / Double(bandCount + 1)) / 2_595) - 1)
        }
        return (0..<bandCount).map { band in
            let weights = (0...(fftSize / 2)).map { bin in
                let hertz = Double(bin * SpeechFormat.sampleRate) / Double(fftSize)
                let rising = (hertz - edges[band]) / (edges[band + 1] - edges[band])
                let falling = (edges[band + 2] - hertz) / (edges[band + 2] - edges[band + 1])
                return Float(max(0, min(rising, falling)))
            }
            let first = weights.firstIndex { $0 > 0 } ?? 0
            let last = weights.lastIndex { $0 > 0 } ?? 0
            return Triangle(firstBin: first, weights: Array(weights[first...last]))
        }
    }
}
