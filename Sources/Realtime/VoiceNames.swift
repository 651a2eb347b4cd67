/// The voices of a session, by the names that its client may use.
struct VoiceNames: Sendable {
    /// OpenAI's own voices: clients that were made for its server name them.
    private static let openAI: Set = [
        "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx", "sage", "shimmer",
        "verse",
    ]

    /// The voices that there are.
    let known: Set<String>
    /// The one that stands for OpenAI's.
    let standard: String

    /// The voice that a client means.
    /// - Parameter param: where it said so.
    func voice(named name: String, param: String) throws(EventError) -> String {
        if known.contains(name) { return name }
        if Self.openAI.contains(name) { return standard }
        throw EventError(
            code: .invalidValue,
            message: "There is no voice \(name.quotedForMessage). "
                + "Voices are: \(known.sorted().joined(separator: ", ")); /v1/voices describes them.",
            param: param)
    }
}
