/// The one format of speech inside Visavis and on its wire: 24 kHz, mono, signed 16-bit PCM.
///
/// It is what OpenAI's Realtime protocol calls `audio/pcm`. Everything that enters (files, microphones,
/// voices) is converted once, at the edge; pieces of speech are `[Int16]` from there on.
public enum SpeechFormat {
    /// Samples a second.
    public static let sampleRate = 24_000

    /// Samples in one piece of speech where nothing else decides on its length: 100 ms.
    public static let pieceLength = sampleRate / 10

    /// The time of sample `index` in seconds since the start of the utterance: its PTS.
    public static func seconds(ofSample index: Int) -> Double {
        Double(index) / Double(sampleRate)
    }

    /// The time of sample `index` in milliseconds, rounded down.
    public static func milliseconds(ofSample index: Int) -> Int {
        index * 1_000 / sampleRate
    }

    /// The time of sample `index` in microseconds, rounded down.
    public static func microseconds(ofSample index: Int) -> Int {
        index * 1_000_000 / sampleRate
    }

    /// The samples in a number of milliseconds.
    public static func samples(inMilliseconds milliseconds: Int) -> Int {
        milliseconds * sampleRate / 1_000
    }

    /// The samples in a number of microseconds, rounded down.
    public static func samples(inMicroseconds microseconds: Int) -> Int {
        microseconds * sampleRate / 1_000_000
    }
}
