internal import Foundation
internal import NIOCore
internal import Responders

/// Speech synthesis by `POST /audio/speech`.
public struct SpeechService: SpeechSynthesizer {
    private let settings: SynthesisSettings
    private let service: Service

    private static let path = "/audio/speech"
    /// No clause takes longer to say: five minutes, in samples.
    private static let longest = 300 * 24_000

    /// - Parameter settings: the service and its voices.
    public init(_ settings: SynthesisSettings) {
        self.settings = settings
        service = Service(settings.service, purpose: "speech synthesis")
    }

    /// Opens a connection where there is none.
    public func prepare() { service.prepare() }

    /// Whether the service answers at all.
    public func isThere() async -> Bool { await service.isThere() }

    private struct Request: Encodable {
        let model: String
        let input: String
        let voice: String
        let format: String
        let speed: Double?

        enum CodingKeys: String, CodingKey {
            case model, input, voice, speed
            case format = "response_format"
        }
    }

    /// The speech of a text, as the server sends it.
    /// - Throws: while it is read, ``ServiceError``.
    public func speech(of text: String, voice: String) throws -> AsyncThrowingStream<[Int16], any Error>? {
        let text = EmbeddedSynthesizer.speakable(text)
        guard !text.isEmpty else { return nil }
        let request = Request(
            model: settings.service.model, input: text, voice: voice, format: settings.format.rawValue,
            speed: settings.speed)
        let body = try RequestBody(request, extra: settings.service.extra).bytes()
        return .produced { speech in
            let answer = try await service.post(Self.path, body, contentType: "application/json")
            var decoder = SpeechDecoder(bareRate: settings.sampleRate)
            var length = 0
            func put(_ samples: [Int16]) throws {
                length += samples.count
                guard length <= Self.longest else { throw MalformedAnswer(reason: "it does not end") }
                if !samples.isEmpty { speech.yield(samples) }
            }
            try await service.read(answer, of: Self.path) { try put(decoder.take($0.readableBytesView)) }
            try service.interpret(Self.path) { try put(decoder.finish()) }
        }
    }
}

/// The voices that come with Visavis, as the third part of a chat.
public struct EmbeddedSpeech: SpeechSynthesizer {
    private let synthesizer = EmbeddedSynthesizer()

    /// Nothing to set.
    public init() {}

    /// See ``SpeechSynthesizer/speech(of:voice:)``.
    public func speech(of text: String, voice: String) throws -> AsyncThrowingStream<[Int16], any Error>? {
        try synthesizer.speech(of: text, voice: voice)
    }
}
