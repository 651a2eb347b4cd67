import Foundation
import LipSync
@testable import Realtime
import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct DeltaEncoderTests {
    private let frame = VideoFrame(
        index: 3, baseFrame: 45, encoded: EncodedFrame(data: [0, 0, 0, 1, 0x65, 255], isKeyframe: true))

    private func encoder(_ transport: VideoTransport) -> DeltaEncoder {
        DeltaEncoder(transport: transport, responseID: "resp_1", itemID: "item_1", outputIndex: 0)
    }

    @Test func audioAsJSON() {
        let message = encoder(.base64).audio([1, -2, 300][1...], first: 4800)
        #expect(message.kind == .audio && !message.isBinary)
        let received = Received(message: message, time: .zero)
        #expect(received.event["type"] == "response.output_audio.delta")
        #expect(received.samples == [-2, 300])
        #expect(received.event["response_id"] == "resp_1")
        #expect(received.event["item_id"] == "item_1")
        #expect(received.event["output_index"].int == 0)
        #expect(received.event["content_index"].int == 0)
        #expect(received.event["event_id"].string?.wholeMatch(of: /event_[0-9a-f]{24}/) != nil)
    }

    @Test func videoAsJSON() {
        let message = encoder(.base64).video(frame)
        #expect(message.kind == .video(isKeyframe: true) && !message.isBinary)
        let event = Received(message: message, time: .zero).event
        #expect(event["type"] == "response.output_video.delta")
        #expect(event["frame"].int == 3)
        #expect(event["pts_ms"].int == 120)
        #expect(event["base_frame"].int == 45)
        #expect(event["keyframe"].bool == true)
        #expect(event["delta"].string == Data(frame.encoded.data).base64EncodedString())
        #expect(event["item_id"] == "item_1")
    }

    @Test func audioAsBinary() throws {
        let message = encoder(.binary).audio([7, -1], first: 2400)
        #expect(message.kind == .audio && message.isBinary)
        let (header, payload) = try BinaryMessage.parse(message.bytes)
        #expect(
            header == BinaryMessage(kind: .audio, index: 2400, ptsMicroseconds: 100_000, responseID: "resp_1"))
        #expect(Array(message.bytes[payload...]) == [7, 0, 255, 255])
    }

    @Test func videoAsBinary() throws {
        let message = encoder(.binary).video(frame)
        let (header, payload) = try BinaryMessage.parse(message.bytes)
        #expect(
            header
                == BinaryMessage(
                    kind: .video, isKeyframe: true, index: 3, baseFrame: 45, ptsMicroseconds: 120_000,
                    responseID: "resp_1"))
        #expect(Array(message.bytes[payload...]) == frame.encoded.data)
    }

    @Test func ptsOfTheLastFrameOfAnHour() {
        var last = frame
        last.index = 3600 * 25 - 1
        #expect(Received(message: encoder(.base64).video(last), time: .zero).event["pts_ms"].int == 3_599_960)
        #expect(Received(message: encoder(.binary).video(last), time: .zero).event["pts_us"].int == 3_599_960_000)
        let audio = encoder(.binary).audio([0], first: 3600 * 24_000 - 1)
        #expect(Received(message: audio, time: .zero).event["pts_us"].int == 3_599_999_958)
    }

    @Test func eventIDsDiffer() {
        let encoder = encoder(.base64)
        let ids = (0..<1000).map { _ in
            Received(message: encoder.audio([1], first: 0), time: .zero).event["event_id"].string
        }
        #expect(Set(ids).count == 1000)
    }
}

@Suite(.timeLimit(.minutes(10))) struct Base64Tests {
    @Test func agreesWithFoundationAtEveryLength() throws {
        var random = SeededGenerator(seed: 1)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let expected = Data(bytes).base64EncodedString()
            var text = [UInt8](repeating: 0, count: Base64.encodedLength(of: length))
            text.withUnsafeMutableBufferPointer { target in bytes.withUnsafeBytes { Base64.encode($0, into: target) } }
            #expect(String(decoding: text, as: UTF8.self) == expected)

            var decoded = [UInt8](repeating: 0, count: length)
            try text.withUnsafeBufferPointer { text in
                try #require(Base64.decodedLength(of: text) == length)
                #expect(decoded.withUnsafeMutableBytes { Base64.decode(text, into: $0) } == .decoded)
            }
            #expect(decoded == bytes)
        }
    }

    @Test func namesTheFirstByteThatIsWrong() {
        #expect(throws: Base64PCM.Failure.invalidByte(UInt8(ascii: "*"), at: 6)) { try Self.decode("AAAAAA*AAAA=") }
        #expect(throws: Base64PCM.Failure.invalidLength(11)) { try Self.decode("AAAAAA*AAAA") }
    }

    private static func decode(_ text: String) throws -> [Int16] {
        try Array(text.utf8).withUnsafeBufferPointer { try Base64PCM.decode($0) }
    }
}

@Suite(.timeLimit(.minutes(10))) struct BinaryMessageTests {
    @Test func headerIsWhatTheProtocolSays() {
        let message = BinaryMessage(
            kind: .video, isKeyframe: true, index: 0x0102_0304, baseFrame: 5, ptsMicroseconds: 0x0A0B_0C0D_0E0F,
            responseID: "ab")
        let bytes = [UInt8]([9, 8]).withUnsafeBytes { message.encoded(with: $0) }
        #expect(
            bytes == [
                1, 2, 1, 2, 4, 3, 2, 1, 5, 0, 0, 0, 0x0F, 0x0E, 0x0D, 0x0C, 0x0B, 0x0A, 0, 0, 97, 98, 9, 8,
            ])
    }

    @Test func soundFromTheClient() throws {
        let bytes = [UInt8]([1, 0, 255, 255]).withUnsafeBytes { BinaryMessage(kind: .audio).encoded(with: $0) }
        #expect(try BinaryMessage.sound(in: bytes) == [1, -1])
    }

    static let bad: [(bytes: [UInt8], code: EventError.Code)] = [
        ([], .invalidBinaryMessage),
        (header(count: 19), .invalidBinaryMessage),
        (header(version: 2), .invalidBinaryMessage),
        (header(kind: 9), .invalidBinaryMessage),
        (header(kind: 2), .invalidBinaryMessage),
        (header(idLength: 200), .invalidBinaryMessage),
        (header(idLength: 1) + [200], .invalidBinaryMessage),
        (header() + [0], .oddPCM),
        (Array("hello, this is not a binary message".utf8), .invalidBinaryMessage),
    ]

    private static func header(
        version: UInt8 = 1, kind: UInt8 = 1, idLength: UInt8 = 0, count: Int = BinaryMessage.fixedLength
    ) -> [UInt8] {
        [version, kind, 0, idLength] + [UInt8](repeating: 0, count: count - 4)
    }

    @Test(arguments: bad)
    func badMessageIsNamed(bytes: [UInt8], code: EventError.Code) {
        let error = #expect(throws: EventError.self) { try BinaryMessage.sound(in: bytes) }
        #expect(error?.code == code)
    }
}
