import Audio

/// An utterance's speech as Whisper hears it: 16 kHz, -1…1, resampled when it is asked for, and kept as far back as it is
/// still needed.
struct SpeechTrack {
    private let resampler: Resampler
    private var pieces: [[Int16]] = []
    private var end = End.unknown

    private enum End {
        case unknown
        /// Behind the pieces; the resampler still holds some back.
        case announced
        case reached
    }

    /// Samples from ``first`` on; in front of them may lie some that nobody needs any more.
    private var samples: [Float] = []
    private var first = 0
    private var forgotten = 0

    /// - Parameter rate: samples a second of what comes in.
    init(rate: Int) throws(Resampler.Failure) {
        resampler = try Resampler(from: rate, to: ConditioningTiming.rate)
    }

    /// The utterance's samples that are at hand.
    var heard: Range<Int> { (first + forgotten)..<(first + samples.count) }

    /// Takes speech without looking at it.
    mutating func append(_ speech: [Int16]) { if !speech.isEmpty { pieces.append(speech) } }

    /// No more speech follows.
    mutating func finish() { end = .announced }

    /// Resamples until there are `count` samples of the utterance, or nothing is left to resample.
    /// - Returns: whether there are as many.
    mutating func hear(_ count: Int) throws(Resampler.Failure) -> Bool {
        var resampled = 0
        while heard.upperBound < count, resampled < pieces.count {
            keep(try resampler.resample(pieces[resampled]))
            resampled += 1
        }
        pieces.removeFirst(resampled)
        if heard.upperBound < count, end == .announced {
            keep(try resampler.finish())
            end = .reached
        }
        return heard.upperBound >= count
    }

    /// Samples before `sample` are not needed any more.
    mutating func forget(before sample: Int) {
        forgotten = min(max(forgotten, sample - first), samples.count)
        // Moving what is left costs as much as what goes: rarely, then.
        guard forgotten > max(ConditioningTiming.rate, samples.count / 2) else { return }
        samples.removeFirst(forgotten)
        first += forgotten
        forgotten = 0
    }

    /// Calls `body` with samples that are at hand.
    func withSamples<Result, Failure: Error>(
        _ range: Range<Int>, _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let span = (range.lowerBound - first)..<(range.upperBound - first)
        return try samples.withUnsafeBufferPointer { samples throws(Failure) in
            try body(UnsafeBufferPointer(rebasing: samples[span]))
        }
    }

    private mutating func keep(_ resampled: [Int16]) {
        samples.append(contentsOf: resampled.lazy.map { Float($0) / 32_768 })
    }
}
