/// The one format of speech inside Visavis and on its wire: 24 kHz, mono, signed 16-bit PCM.
///
/// It is what OpenAI's Realtime protocol calls `audio/pcm`. Everything that enters (files, microphones,
/// voices) is converted once, at the edge; pieces of speech are `[Int16]` from there on.
public enum SpeechFormat {
    /// Samples a second.
    public static let sampleRate = 24_000

    /// The time of sample `index` in seconds since the start of the utterance: its PTS.
    public static func seconds(ofSample index: Int) -> Double {
        Double(index) / Double(sampleRate)
    }
}
