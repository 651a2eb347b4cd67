internal import Audio
internal import Foundation
internal import JSON
internal import NIOCore
internal import NIOHTTP1
internal import Settings

/// Speech recognition by `POST /audio/transcriptions`.
public struct Transcriptions: SpeechRecognizer {
    private let settings: TranscriptionSettings
    private let service: Service

    private static let path = "/audio/transcriptions"
    private static let longestAnswer = 1 << 20

    /// - Parameter settings: the service, and what is known of the speech.
    public init(_ settings: TranscriptionSettings) {
        self.settings = settings
        service = Service(settings.service, purpose: "speech recognition")
    }

    /// Opens a connection where there is none.
    public func prepare() { service.prepare() }

    /// Whether the service answers at all.
    public func isThere() async -> Bool { await service.isThere() }

    /// The words of a turn, as far as the server tells them while it works.
    /// - Throws: ``ServiceError``.
    public func words(in speech: [Int16]) -> AsyncThrowingStream<String, any Error> {
        .produced { words in
            var form = MultipartForm()
            form.append("model", settings.service.model)
            form.append("response_format", "json")
            if let language = settings.language { form.append("language", language) }
            if let prompt = settings.prompt { form.append("prompt", prompt) }
            if settings.streams { form.append("stream", "true") }
            for (name, value) in settings.service.extra { form.append(name, value.formText) }
            form.append("file", fileName: "speech.wav", contentType: "audio/wav", Self.file(of: speech))
            let answer = try await service.post(Self.path, form.finished(), contentType: form.contentType)
            if answer.headers.first(name: "Content-Type")?.hasPrefix("text/event-stream") == true {
                var transcript = StreamedTranscript()
                try await service.readEvents(answer, of: Self.path) { data in
                    if let delta = try transcript.take(data) { words.yield(delta) }
                }
            } else {
                words.yield(try await text(of: answer))
            }
        }
    }

    private static func file(of speech: [Int16]) -> ByteBuffer {
        let header = WAVFile.header(ofBytes: speech.count * 2)
        var file = ByteBuffer()
        file.reserveCapacity(header.count + speech.count * 2)
        file.writeBytes(header)
        for sample in speech { file.writeInteger(sample, endianness: .little) }
        return file
    }

    private func text(of answer: Service.Answer) async throws -> String {
        struct Body: Decodable { let text: String }
        var bytes: [UInt8] = []
        try await service.read(answer, of: Self.path) { buffer in
            bytes += buffer.readableBytesView
            guard bytes.count <= Self.longestAnswer else {
                throw service.malformed(Self.path, "more than \(Self.longestAnswer) bytes")
            }
        }
        if let body = try? JSONDecoder().decode(Body.self, from: Data(bytes)) { return body.text }
        // Some servers answer with the bare text whatever they are asked for.
        if answer.headers.first(name: "Content-Type")?.hasPrefix("text/plain") == true {
            return String(decoding: bytes, as: UTF8.self)
        }
        let found = String(decoding: bytes.prefix(80), as: UTF8.self)
        throw service.malformed(Self.path, "expected JSON with \"text\", found \(found)")
    }
}

/// The words in a stream of transcription events.
struct StreamedTranscript {
    /// The events of OpenAI (`transcript.text.delta`, `.done`), of vLLM (`choices`), and of servers that send each
    /// segment as `{"text": …}`.
    private struct Event: Decodable {
        struct Choice: Decodable {
            struct Delta: Decodable { let content: String? }
            let delta: Delta?
        }
        struct Problem: Decodable { let message: String? }
        let type: String?
        let delta: String?
        let text: String?
        let choices: [Choice]?
        let error: Problem?
    }

    private var hasWords = false

    /// The words that an event adds; nil if none.
    mutating func take(_ data: String) throws(MalformedAnswer) -> String? {
        if data == "[DONE]" { return nil }
        guard let event = try? JSONDecoder().decode(Event.self, from: Data(data.utf8)) else {
            throw MalformedAnswer(reason: "expected an event in JSON, found \(data.prefix(80))")
        }
        if let error = event.error { throw MalformedAnswer(reason: error.message ?? data) }
        let words: String?
        switch event.type {
        case "transcript.text.done": words = hasWords ? nil : event.text
        case .some: words = event.delta
        case nil: words = event.choices?.first?.delta?.content ?? event.text
        }
        guard let words, !words.isEmpty else { return nil }
        hasWords = true
        return words
    }
}

extension JSONValue {
    /// As a field of a form.
    fileprivate var formText: String {
        if case .text(let text) = self { return text }
        return (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
