/// Speech as a spectrum every 10 ms, from pieces of any size.
///
/// The power of a ``SpeechWindow``, gathered into ``bandCount`` bands between 94 Hz and 7.8 kHz. Recordings at 16 kHz have
/// nothing above, so nothing above is looked at.
struct SpeechSpectrum: ~Copyable {
    /// The first FFT bin of each band, then the end of the last; a bin is 46.9 Hz wide.
    static let edges = [2, 6, 10, 14, 19, 25, 32, 40, 50, 62, 78, 98, 126, 166]
    /// Numbers that a spectrum has.
    static let bandCount = edges.count - 1

    /// The power in each band of the hop read last; 1 is about a sine of full scale.
    private(set) var powers = [Float](repeating: 0, count: bandCount)

    private var window = SpeechWindow()

    /// Analyses the next hop, whose samples come out of `speech`.
    mutating func readHop(from speech: inout SpeechQueue) {
        window.readHop(from: &speech)
        for band in 0..<Self.bandCount {
            var sum: Float = 0
            for bin in Self.edges[band]..<Self.edges[band + 1] { sum += window.power[bin] }
            // A Hann window spreads a sine over 1.5 bins, its power over twice that.
            powers[band] = sum / 3 + 1e-10
        }
    }
}
