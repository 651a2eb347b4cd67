internal import Audio
internal import LipSync
internal import Video

/// Writes the deltas of one response: sound and picture, as JSON or as binary messages.
///
/// This is the hot path of the protocol, dozens of messages a second for each session; a message is written
/// straight into the one allocation that it needs.
struct DeltaEncoder: Sendable {
    private let transport: VideoTransport
    private let responseID: String
    private let audioHead: [UInt8]
    private let videoHead: [UInt8]
    /// From the end of the event id to the fields that change.
    private let middle: [UInt8]

    private static let audioTail = Array(#","delta":""#.utf8)
    private static let frameKey = Array(#","frame":"#.utf8)
    private static let ptsKey = Array(#","pts_ms":"#.utf8)
    private static let baseFrameKey = Array(#","base_frame":"#.utf8)
    private static let keyframeTail = Array(#","keyframe":true,"delta":""#.utf8)
    private static let nonKeyframeTail = Array(#","keyframe":false,"delta":""#.utf8)
    private static let end = Array(#""}"#.utf8)
    /// Room for three integers of 64 bits.
    private static let numbersLength = 60

    /// - Parameters:
    ///   - responseID: as made by ``Identifier``: nothing in it needs escaping.
    ///   - itemID: likewise.
    ///   - outputIndex: which of the response's items it is.
    init(transport: VideoTransport, responseID: String, itemID: String, outputIndex: Int) {
        self.transport = transport
        self.responseID = responseID
        audioHead = Array(#"{"type":"response.output_audio.delta","event_id":"event_"#.utf8)
        videoHead = Array(#"{"type":"response.output_video.delta","event_id":"event_"#.utf8)
        middle = Array(
            #"","response_id":"\#(responseID)","item_id":"\#(itemID)","output_index":\#(outputIndex),"content_index":0"#
                .utf8)
    }

    /// Sound that starts at sample `first` of the utterance.
    func audio(_ samples: ArraySlice<Int16>, first: Int) -> OutboundMessage {
        samples.withUnsafeBytes { audio($0, first: first) }
    }

    /// Sound that starts at sample `first` of the utterance, as it travels.
    func audio(encoded bytes: [UInt8], first: Int) -> OutboundMessage {
        bytes.withUnsafeBytes { audio($0, first: first) }
    }

    private func audio(_ payload: UnsafeRawBufferPointer, first: Int) -> OutboundMessage {
        switch transport {
        case .binary:
            let header = BinaryMessage(
                kind: .audio, index: UInt32(truncatingIfNeeded: first),
                ptsMicroseconds: UInt64(SpeechFormat.microseconds(ofSample: first)), responseID: responseID)
            return OutboundMessage(kind: .audio, isBinary: true, bytes: header.encoded(with: payload))
        case .base64:
            let bytes = text(head: audioHead, fixedTail: Self.audioTail.count, payload: payload) { writer in
                writer.write(Self.audioTail)
            }
            return OutboundMessage(kind: .audio, isBinary: false, bytes: bytes)
        }
    }

    /// A frame of the utterance.
    func video(_ frame: VideoFrame) -> OutboundMessage {
        let kind = OutboundMessage.Kind.video(isKeyframe: frame.encoded.isKeyframe)
        return frame.encoded.data.withUnsafeBytes { accessUnit in
            switch transport {
            case .binary:
                let header = BinaryMessage(
                    kind: .video, isKeyframe: frame.encoded.isKeyframe, index: UInt32(truncatingIfNeeded: frame.index),
                    baseFrame: UInt32(truncatingIfNeeded: frame.baseFrame),
                    ptsMicroseconds: UInt64(frame.pts), responseID: responseID)
                return OutboundMessage(kind: kind, isBinary: true, bytes: header.encoded(with: accessUnit))
            case .base64:
                let tail = frame.encoded.isKeyframe ? Self.keyframeTail : Self.nonKeyframeTail
                let fixed =
                    Self.frameKey.count + Self.ptsKey.count + Self.baseFrameKey.count + tail.count + Self.numbersLength
                let bytes = text(head: videoHead, fixedTail: fixed, payload: accessUnit) { writer in
                    writer.write(Self.frameKey)
                    writer.write(frame.index)
                    writer.write(Self.ptsKey)
                    writer.write(frame.pts / 1000)
                    writer.write(Self.baseFrameKey)
                    writer.write(frame.baseFrame)
                    writer.write(tail)
                }
                return OutboundMessage(kind: kind, isBinary: false, bytes: bytes)
            }
        }
    }

    private func text(
        head: [UInt8], fixedTail: Int, payload: UnsafeRawBufferPointer, fields: (inout ByteWriter) -> Void
    ) -> [UInt8] {
        let capacity =
            head.count + Identifier.randomLength + middle.count + fixedTail
            + Base64.encodedLength(of: payload.count) + Self.end.count
        return [UInt8](unsafeUninitializedCapacity: capacity) { bytes, count in
            var writer = ByteWriter(bytes)
            writer.write(head)
            writer.writeRandomIdentifier()
            writer.write(middle)
            fields(&writer)
            writer.writeBase64(payload)
            writer.write(Self.end)
            count = writer.count
        }
    }
}

/// Appends to memory that is large enough.
private struct ByteWriter {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func write(_ source: [UInt8]) {
        count = space(source.count).update(fromContentsOf: source) + count
    }

    /// Writes a decimal number; `number` is not negative.
    mutating func write(_ number: Int) {
        var rest = number
        let start = count
        repeat {
            bytes[count] = UInt8(ascii: "0") + UInt8(rest % 10)
            count += 1
            rest /= 10
        } while rest > 0
        bytes[start..<count].reverse()
    }

    mutating func writeRandomIdentifier() {
        Identifier.writeRandom(into: space(Identifier.randomLength))
        count += Identifier.randomLength
    }

    mutating func writeBase64(_ source: UnsafeRawBufferPointer) {
        let length = Base64.encodedLength(of: source.count)
        Base64.encode(source, into: space(length))
        count += length
    }

    private func space(_ length: Int) -> UnsafeMutableBufferPointer<UInt8> {
        .init(rebasing: bytes[count..<(count + length)])
    }
}
