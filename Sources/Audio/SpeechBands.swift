import Foundation

/// The frequency bands in which speech is told from noise: 20 of them, from 100 Hz to 7.6 kHz, equally wide on
/// the ear's own scale (ERB-rate; Glasberg and Moore 1990).
///
/// The power in a band is the mean of its bins: averaging several bins steadies an estimate that a single bin
/// of so short a window (21 ms) would leave too noisy to be compared with anything.
struct SpeechBands: Sendable {
    /// How many there are.
    static let count = 20

    /// Band b is made of the bins `edges[b] ..< edges[b + 1]`.
    let edges: [Int]

    /// - Parameter binWidth: the distance of two bins in Hz.
    init(binWidth: Double) {
        let low = Self.erbRate(ofHertz: 100)
        let high = Self.erbRate(ofHertz: 7_600)
        var edges: [Int] = []
        for band in 0...Self.count {
            let rate = low + (high - low) * Double(band) / Double(Self.count)
            let bin = Int((Self.hertz(ofERBRate: rate) / binWidth).rounded())
            edges.append(max(bin, (edges.last ?? 0) + 1))
        }
        self.edges = edges
    }

    /// How many bins each band has.
    var widths: [Int] { zip(edges, edges.dropFirst()).map { $1 - $0 } }

    /// The bins of a band.
    func bins(of band: Int) -> Range<Int> { edges[band]..<edges[band + 1] }

    /// Writes the mean of each band's bins in `spectrum` to `bands`.
    func average(_ spectrum: [Float], into bands: inout [Float]) {
        for band in 0..<Self.count {
            var sum: Float = 0
            for bin in bins(of: band) { sum += spectrum[bin] }
            bands[band] = sum / Float(edges[band + 1] - edges[band])
        }
    }

    private static func erbRate(ofHertz hertz: Double) -> Double { 21.4 * log10(1 + 0.00437 * hertz) }
    private static func hertz(ofERBRate rate: Double) -> Double { (pow(10, rate / 21.4) - 1) / 0.00437 }
}
