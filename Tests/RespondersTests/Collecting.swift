import Responders

/// The whole answer.
func collect(_ responder: some ConversationResponder, _ conversation: Conversation) async throws -> [ResponsePiece] {
    var pieces: [ResponsePiece] = []
    for try await piece in try responder.respond(to: conversation) { pieces.append(piece) }
    return pieces
}

/// The answer of ``SpeakResponder`` to a typed text.
func read(_ text: String, voice: String = VoiceCatalog.defaultVoice) async throws -> [ResponsePiece] {
    try await collect(SpeakResponder(), Conversation(turns: [Turn(speaker: .user, text: text)], voice: voice))
}

extension ResponsePiece {
    /// The speech in it.
    var samples: [Int16] { if case .speech(let samples) = self { samples } else { [] } }
    /// Samples of speech in it.
    var sampleCount: Int { samples.count }
    /// The words in it.
    var words: String { if case .transcript(let words) = self { words } else { "" } }
}
