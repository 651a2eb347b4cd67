internal import Foundation
public import Responders

/// Answers by a ``Script``, read aloud by the embedded voices: for kiosks, tests and demonstrations.
public struct ScriptResponder: ConversationResponder {
    /// `script`.
    public let name = "script"

    private let script: Script
    private let speak: SpeakResponder

    /// - Parameters:
    ///   - script: the rules.
    ///   - voices: the voices that read.
    public init(_ script: Script, voices: VoiceCatalog = .standard) {
        self.script = script
        speak = SpeakResponder(voices: voices)
    }

    /// Answers the user's last turn by the first rule that fits; with the greeting before there is one. When a function
    /// has returned, says what the rule that called it has for that; nothing if it has nothing.
    /// - Throws: what ``SpeakResponder`` throws of the rule's text.
    public func respond(
        to conversation: Conversation
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        let turns = conversation.turns.filter { $0.speaker == .user }
        if case .functionOutput(let output) = conversation.entries.last {
            let rule = turns.last.flatMap { script.rule(for: $0) }
            guard let text = rule?.call?.text(returning: output.output) else { return ScriptedAnswer() }
            return try say(text, in: conversation)
        }
        guard let turn = turns.last else {
            guard let greeting = script.greeting else { throw ResponderError.nothingToAnswer }
            return try say(greeting, in: conversation)
        }
        guard let rule = script.rule(for: turn) else { throw ResponderError.nothingToAnswer }
        // Who asks the same again is answered in other words.
        let answer = rule.answers.isEmpty ? nil : rule.answers[(turns.count - 1) % rule.answers.count]
        return ScriptedAnswer(
            delay: rule.delay, call: try rule.call.map(Self.functionCall),
            speech: try answer.map { try say($0, in: conversation) })
    }

    private func say(
        _ text: String, in conversation: Conversation
    ) throws -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        var line = Conversation(turns: [Turn(speaker: .user, text: text)], voice: conversation.voice)
        line.output = conversation.output
        return try speak.respond(to: line)
    }

    private static func functionCall(_ call: Script.Call) throws -> FunctionCall {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let arguments = String(decoding: try encoder.encode(call.arguments), as: UTF8.self)
        return FunctionCall(
            callID: "call_" + String(UInt64.random(in: .min ... .max), radix: 36), name: call.name,
            arguments: arguments)
    }
}

/// What a rule says, after its delay, and the function that it calls.
private struct ScriptedAnswer: AsyncSequence, Sendable {
    typealias Element = ResponsePiece
    typealias Failure = any Error

    var delay = Duration.zero
    var call: FunctionCall?
    var speech: (any AsyncSequence<ResponsePiece, any Error> & Sendable)?

    func makeAsyncIterator() -> Iterator {
        Iterator(delay: delay, speech: speech?.makeAsyncIterator(), call: call)
    }

    struct Iterator: AsyncIteratorProtocol {
        var delay: Duration
        var speech: (any AsyncIteratorProtocol<ResponsePiece, any Error>)?
        var call: FunctionCall?

        mutating func next() async throws -> ResponsePiece? {
            if delay > .zero {
                try await Task.sleep(for: delay)
                delay = .zero
            }
            if let piece = try await speech?.next(isolation: #isolation) { return piece }
            speech = nil
            return call.take().map { .functionCall($0) }
        }
    }
}
