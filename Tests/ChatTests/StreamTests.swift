import Audio
import Foundation
import Responders
import TestSupport
import Testing

@testable import Chat

/// What services send, piece by piece.
@Suite struct StreamTests {
    private static let events = """
        \u{FEFF}: comment\r
        data: 東京\r
        \r
        event: word\rdata:two\rdata:  lines\r\r
        id: 7
        data

        data: last
        """

    private static let expected = [
        ServerSentEvent(data: "東京"), ServerSentEvent(name: "word", data: "two\n lines"), ServerSentEvent(data: ""),
        ServerSentEvent(data: "last"),
    ]

    @Test func eventsAreFoundHoweverTheBytesAreCut() throws {
        let bytes = Array(Self.events.utf8)
        for size in 1...bytes.count {
            var parser = ServerSentEventParser()
            var found: [ServerSentEvent] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                found += try parser.take(bytes[start..<min(start + size, bytes.count)])
            }
            if let event = parser.finish() { found.append(event) }
            #expect(found == Self.expected, "pieces of \(size)")
        }
    }

    @Test func aLineWithoutEndIsAnError() {
        var parser = ServerSentEventParser()
        #expect(throws: ServerSentEventParser.LineTooLong.self) {
            try parser.take(repeatElement(UInt8(ascii: "a"), count: 5 << 20))
        }
    }

    @Test(arguments: [8_000, 16_000, 24_000, 44_100], [1, 2])
    func speechIsDecodedHoweverTheBytesAreCut(rate: Int, channels: Int) throws {
        let samples = (0..<(rate / 10)).map { Int16(8_000 * sin(Double($0) * 0.05)) }
        let file = WAVHeader.bytes(rate: rate, channels: channels, samples: samples)
        var whole = SpeechDecoder(bareRate: 24_000)
        let expected = try whole.take(file) + whole.finish()
        #expect(expected.count == 2_400)
        for size in [1, 3, 7, 45, 1_001] {
            var decoder = SpeechDecoder(bareRate: 24_000)
            var speech: [Int16] = []
            for start in stride(from: 0, to: file.count, by: size) {
                speech += try decoder.take(file[start..<min(start + size, file.count)])
            }
            speech += try decoder.finish()
            #expect(speech == expected, "pieces of \(size)")
        }
    }

    @Test func bareSamplesAreTakenAsTheyAre() throws {
        var decoder = SpeechDecoder(bareRate: 24_000)
        #expect(try decoder.take([1, 0, 2]) + decoder.take([0, 3]) + decoder.finish() == [1, 2])
        var resampled = SpeechDecoder(bareRate: 12_000)
        #expect(try resampled.take([UInt8](repeating: 0, count: 2_400)).count + resampled.finish().count == 2_400)
    }

    @Test(arguments: ["ID3\u{4}aaaaaaaaaaaaaaa", "OggSaaaaaaaaaaaa", "RIFF____WAVEdata____", "RIFF____WAVEfmt "])
    func whatIsNoSpeechIsAnError(text: String) {
        #expect(throws: MalformedAnswer.self) {
            var decoder = SpeechDecoder(bareRate: 24_000)
            _ = try decoder.take(text.utf8)
            _ = try decoder.finish()
        }
    }

    @Test(arguments: [
        ([#"{"type":"transcript.text.delta","delta":"a"}"#, #"{"type":"transcript.text.done","text":"a"}"#], "a"),
        ([#"{"type":"transcript.text.done","text":"a b"}"#, "[DONE]"], "a b"),
        ([#"{"text":"a"}"#, #"{"text":" b"}"#], "a b"),
        ([#"{"choices":[{"delta":{"content":"a"}}]}"#, #"{"choices":[{"delta":{"content":" b"}}]}"#], "a b"),
    ])
    func transcriptsComeInSeveralShapes(events: [String], text: String) throws {
        var transcript = StreamedTranscript()
        #expect(try events.compactMap { try transcript.take($0) }.joined() == text)
    }

    @Test func callsWithoutNamesGetOne() throws {
        var completion = StreamedCompletion()
        let events = [
            #"{"choices":[{"delta":{"tool_calls":[{"function":{"name":"a","arguments":"{\"x\":1}"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"function":{"name":"b"}}]}}]}"#,
        ]
        let begun = try events.map { try completion.take($0) }
        let calls = completion.finish().compactMap { if case .functionCall(let call) = $0 { call } else { nil } }
        let first = try #require(calls.first)
        #expect(
            begun[0] == [
                .functionCallStarted(callID: first.callID, name: "a"),
                .functionCallArguments(callID: first.callID, delta: #"{"x":1}"#),
            ])
        #expect(begun[1].isEmpty, "its arguments have yet to come")
        #expect(calls.map(\.name) == ["a", "b"] && calls.map(\.arguments) == [#"{"x":1}"#, "{}"])
        #expect(Set(calls.map(\.callID)).count == 2 && calls.allSatisfy { !$0.callID.isEmpty })
    }

    @Test func anErrorInTheStreamIsTold() {
        var completion = StreamedCompletion()
        #expect(throws: MalformedAnswer(reason: "context too long")) {
            try completion.take(#"{"error":{"message":"context too long"}}"#)
        }
    }

    @Test(arguments: [
        ("6m0s", 360.0), ("1.5s", 1.5), ("20ms", 0.02), ("1h1m", 3_660), ("7", 7), ("soon", nil), ("1m3", nil),
    ])
    func timesOfLimitsAreRead(text: String, seconds: Double?) {
        #expect(RateLimitHeaders.seconds(text) == seconds)
    }

    @Test func retriesAreFewAndSoon() {
        var retries = Retries(budget: .seconds(4))
        let busy = ServiceError.Failure.refused(status: 429, message: "", retryAfter: .seconds(3))
        #expect(retries.pause(after: busy) == .seconds(3))
        #expect(retries.pause(after: busy) == nil, "people do not wait so long")
        #expect(retries.pause(after: .unreachable(reason: "")) == .milliseconds(800))
        #expect(retries.pause(after: .unreachable(reason: "")) == nil)
        var others = Retries(budget: .seconds(4))
        #expect(others.pause(after: .refused(status: 400, message: "", retryAfter: nil)) == nil)
        #expect(others.pause(after: .stalled(.seconds(1))) == nil)
        #expect(others.pause(after: .refused(status: 503, message: "", retryAfter: nil)) == .milliseconds(200))
    }
}

private enum WAVHeader {
    /// A WAV file that does not know its length, with something before its format.
    static func bytes(rate: Int, channels: Int, samples: [Int16]) -> [UInt8] {
        func u32(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        func u16(_ value: Int) -> [UInt8] { Array(u32(value).prefix(2)) }
        let frame = 2 * channels
        return Array("RIFF".utf8) + u32(-1) + Array("WAVELIST".utf8) + u32(3) + [1, 2, 3, 0] + Array("fmt ".utf8)
            + u32(16) + u16(1) + u16(channels) + u32(rate) + u32(rate * frame) + u16(frame) + u16(16)
            + Array("data".utf8) + u32(-1)
            + samples.flatMap { sample in (0..<channels).flatMap { _ in u16(Int(sample)) } }
    }
}
