internal import Responders

/// What holds for one response: the session's settings, with what the client said of this response.
struct ResponseTerms: Sendable, Equatable {
    var voice: String
    /// How its sound travels.
    var format: AudioFormat
    var output: Conversation.Output
    var maximumTokens: Int?
    /// The client's own notes, given back as they were.
    var metadata: [String: String]?
    /// The conversation that the answer becomes part of; nil for none.
    var conversationID: String?
    /// How its picture travels; nil if it has none.
    var video: VideoTransport?

    init(_ parameters: ResponseParameters, settings: SessionSettings, conversationID: String) {
        voice = parameters.voice ?? settings.voice
        format = parameters.format ?? settings.outputFormat
        output = parameters.output ?? settings.output
        maximumTokens = parameters.tokenLimit.map(\.tokens) ?? settings.maximumTokens
        metadata = parameters.metadata
        self.conversationID = parameters.isOutOfBand ? nil : conversationID
        video = output == .speech ? settings.video : nil
    }

    /// True if the answer does not become part of the conversation.
    var isOutOfBand: Bool { conversationID == nil }

    /// True if it may be given while another is: it is written, and out of the conversation. The avatar has one mouth.
    var isBeside: Bool { isOutOfBand && output == .text }
}
