internal import Foundation
internal import NIOCore
internal import NIOHTTP1
public import Responders

/// A language model by `POST /chat/completions`, streaming.
public struct ChatCompletions: LanguageModel {
    private let settings: LanguageModelSettings
    private let service: Service

    private static let path = "/chat/completions"

    /// - Parameter settings: the service, and what the model is told of its part.
    public init(_ settings: LanguageModelSettings) {
        self.settings = settings
        service = Service(settings.service, purpose: "language model")
    }

    /// Opens a connection where there is none.
    public func prepare() { service.prepare() }

    /// Whether the service answers at all.
    public func isThere() async -> Bool { await service.isThere() }

    /// The model's answer, as it is written.
    /// - Throws: while it is read, ``ServiceError``.
    public func answer(_ conversation: Conversation) -> AsyncThrowingStream<LanguageModelOutput, any Error> {
        .produced { output in
            let request = ChatRequest(conversation, settings)
            let body = try RequestBody(request, extra: settings.service.extra).bytes()
            let answer = try await service.post(Self.path, body, contentType: "application/json")
            let limits = RateLimitHeaders.limits { answer.headers.first(name: $0) }
            if !limits.isEmpty { output.yield(.rateLimits(limits)) }
            try await read(answer, output)
        }
    }

    private func read(
        _ answer: Service.Answer, _ output: AsyncThrowingStream<LanguageModelOutput, any Error>.Continuation
    ) async throws {
        var completion = StreamedCompletion()
        try await service.readEvents(answer, of: Self.path) { data in
            for piece in try completion.take(data) { output.yield(piece) }
        }
        guard completion.hasBegun else {
            throw service.malformed(Self.path, "expected server-sent events with choices, found none")
        }
        for call in completion.finish() { output.yield(call) }
    }
}
