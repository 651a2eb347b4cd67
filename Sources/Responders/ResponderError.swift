/// Why a turn cannot be answered.
public enum ResponderError: Error, Equatable, CustomStringConvertible {
    /// Nobody has said or typed anything yet.
    case nothingToAnswer
    /// The turn has no sound, and the responder answers sound.
    case noSpeech(responder: String)
    /// The answer is to be written, and the responder does not know the words of what was said.
    case unknownWords(responder: String)
    /// The turn has no text, and the responder answers text.
    case noText(responder: String)
    /// The text is too long to be read in one turn, in UTF-8 bytes.
    case textTooLong(bytes: Int, limit: Int)
    /// The text has neither letters nor digits, or only letters that no voice knows.
    case unspeakable(text: String)
    /// No voice has this name.
    case unknownVoice(String, known: [String])
    /// The library that speaks refused.
    case voiceFailed(voice: String, reason: String)

    /// What was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .nothingToAnswer: "there is nothing to answer: expected a turn of the user; add a conversation item first"
        case .noSpeech(let responder):
            "the responder \"\(responder)\" answers speech, and the turn has none; speak, or send audio in the item"
        case .unknownWords(let responder):
            "the responder \"\(responder)\" does not understand speech, so there are no words to write; type, or ask for "
                + "the output modality audio"
        case .noText(let responder):
            "the responder \"\(responder)\" reads text aloud, and the turn has none; send text in the item"
        case .textTooLong(let bytes, let limit):
            "the text has \(bytes) bytes of UTF-8; expected at most \(limit); send it in parts"
        case .unspeakable(let text):
            "no voice can say \"\(text.prefix(40))\": expected letters or digits of a language in the list of voices"
        case .unknownVoice(let name, let known):
            "there is no voice \"\(name)\"; expected one of \(known.joined(separator: ", "))"
        case .voiceFailed(let voice, let reason): "the voice \"\(voice)\" failed: \(reason)"
        }
    }
}
