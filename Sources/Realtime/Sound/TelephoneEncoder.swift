internal import Audio

/// Turns the speech of one response into G.711, piece by piece.
///
/// An instance belongs to one response: its resampler remembers what came before.
struct TelephoneEncoder {
    private let law: G711
    private let resampler: Resampler

    init(_ law: G711) throws(Resampler.Failure) {
        self.law = law
        resampler = try Resampler(from: SpeechFormat.sampleRate, to: G711.sampleRate)
    }

    /// Takes the next speech, 24 kHz, and gives what is ready.
    func encode(_ speech: ArraySlice<Int16>) throws(Resampler.Failure) -> [UInt8] {
        law.encode(try resampler.resample(Array(speech)))
    }

    /// Gives what is held back.
    func finish() throws(Resampler.Failure) -> [UInt8] {
        law.encode(try resampler.finish())
    }
}
