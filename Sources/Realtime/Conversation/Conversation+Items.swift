internal import Responders

extension Conversation {
    /// What a responder is told: everything that is final, but for what the system said, which goes to the
    /// instructions.
    init(_ items: [ConversationItem], parameters: ResponseParameters, settings: SessionSettings, terms: ResponseTerms) {
        var entries: [ConversationEntry] = []
        var instructions = [parameters.instructions ?? settings.instructions]
        for item in items {
            if let message = item.message, message.role == .system {
                instructions.append(message.text)
            } else {
                entries.append(item.entry)
            }
        }
        self.init(
            entries: entries, voice: terms.voice,
            instructions: instructions.filter { !$0.isEmpty }.joined(separator: "\n"),
            tools: parameters.tools ?? settings.tools, toolChoice: parameters.toolChoice ?? settings.toolChoice,
            output: terms.output, maximumTokens: terms.maximumTokens)
    }
}
