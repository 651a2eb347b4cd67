internal import Audio

/// Makes a library's speech ready to be heard: 24 kHz, at the common loudness, without the silence that the
/// library puts before and behind, so that speech starts at once and the pauses are the reader's.
struct SpeechShaper: ~Copyable {
    private let resampler: Resampler
    private let gain: Float
    private let loudest = Float(Int16.max)
    /// Silence that is let out only when more speech follows.
    private var withheld: [Int16] = []
    private var hasStarted = false

    /// What is quieter is silence: -44 dBFS. The silence of Flite's "awb" rustles at -48.
    private static let threshold: Int16 = 207
    /// What is kept of the silence before speech, and behind it: consonants start and end softly.
    private static let margin = SpeechFormat.samples(inMilliseconds: 40)

    /// - Parameters:
    ///   - sampleRate: of the library's speech.
    ///   - gain: a factor.
    init(sampleRate: Int, gain: Float) throws(Resampler.Failure) {
        resampler = try Resampler(from: sampleRate)
        self.gain = gain
    }

    /// Takes the next speech, and gives what can be heard of it.
    mutating func shape(_ speech: [Int16]) throws(Resampler.Failure) -> [Int16] {
        trim(try resampler.resample(speech))
    }

    /// Gives the rest.
    mutating func finish() throws(Resampler.Failure) -> [Int16] {
        var rest = trim(try resampler.finish())
        if hasStarted { rest.append(contentsOf: withheld.prefix(Self.margin)) }
        withheld.removeAll()
        return rest
    }

    private mutating func trim(_ speech: [Int16]) -> [Int16] {
        for sample in speech { withheld.append(Int16(max(-loudest, min(Float(sample) * gain, loudest)))) }
        guard let last = withheld.lastIndex(where: { $0 > Self.threshold || $0 < -Self.threshold }) else {
            // Before the first sound no more than its margin is needed.
            if !hasStarted { withheld.removeFirst(max(0, withheld.count - Self.margin)) }
            return []
        }
        var heard = withheld[...last]
        if !hasStarted {
            hasStarted = true
            let first = heard.firstIndex { $0 > Self.threshold || $0 < -Self.threshold } ?? 0
            heard = heard[max(0, first - Self.margin)...]
        }
        let result = Array(heard)
        withheld.removeFirst(last + 1)
        return result
    }
}
