/// How much of an utterance Whisper hears before it says what a frame is made of.
public enum SpeechHearing: String, Sendable, CaseIterable {
    /// 80 ms beyond the frame: for conversation. The sound that is still to come is taken for silence.
    case streaming
    /// All of the frame's 30 s, as MuseTalk does: for speech that is there already.
    case whole
}
