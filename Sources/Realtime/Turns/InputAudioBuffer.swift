internal import Audio

/// The sound of a turn that is not committed yet.
///
/// Positions are samples since the first one of the session, so that they mean the same before and after commits.
struct InputAudioBuffer: Sendable {
    /// The most samples that it holds: ten minutes.
    static let limit = 600 * SpeechFormat.sampleRate

    private var samples: [Int16] = []
    /// The position of the first sample that it holds.
    private(set) var start = 0

    /// The position behind the last sample.
    var end: Int { start + samples.count }
    /// True if there is nothing to commit.
    var isEmpty: Bool { samples.isEmpty }

    /// True if `more` does not fit.
    func isFull(for more: [Int16]) -> Bool {
        samples.count + more.count > Self.limit
    }

    /// Adds sound, all of it or none.
    mutating func append(_ more: [Int16]) throws(EventError) {
        guard !isFull(for: more) else {
            throw EventError(
                code: .bufferFull,
                message: "The input audio buffer holds \(SpeechFormat.milliseconds(ofSample: samples.count)) ms; "
                    + "\(SpeechFormat.milliseconds(ofSample: more.count)) ms more would exceed its limit of "
                    + "\(SpeechFormat.milliseconds(ofSample: Self.limit)) ms. They were not added: commit or clear first.",
                param: "audio")
        }
        samples.append(contentsOf: more)
    }

    /// What it holds from `position` on.
    func samples(from position: Int) -> ArraySlice<Int16> {
        samples[min(max(position - start, 0), samples.count)...]
    }

    /// Takes the sound from `first` up to `last` out, and forgets what was before.
    mutating func take(from first: Int, to last: Int) -> [Int16] {
        let upper = min(max(last, start), end)
        let lower = min(max(first, start), upper)
        let taken = Array(samples[(lower - start)..<(upper - start)])
        samples.removeFirst(upper - start)
        start = upper
        if samples.isEmpty { samples = [] }
        return taken
    }

    /// Forgets what was before `position`.
    ///
    /// Called for every piece while nobody speaks; sound is moved only once a second.
    mutating func discard(before position: Int) {
        guard position - start >= SpeechFormat.sampleRate else { return }
        let count = min(position - start, samples.count)
        samples.removeFirst(count)
        start += count
    }

    /// Forgets everything.
    mutating func clear() {
        start = end
        samples = []
    }
}
