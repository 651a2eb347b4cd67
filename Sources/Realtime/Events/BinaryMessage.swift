internal import Audio

/// A binary WebSocket message: sound or picture with a small header, see `docs/protocol.md`.
///
/// | offset | type | what |
/// | --- | --- | --- |
/// | 0 | u8 | version, 1 |
/// | 1 | u8 | kind |
/// | 2 | u8 | flags: bit 0 keyframe |
/// | 3 | u8 | n, length of the response id |
/// | 4 | u32 LE | video: frame; audio: number of the first sample |
/// | 8 | u32 LE | video: base frame; audio: 0 |
/// | 12 | u64 LE | PTS in microseconds |
/// | 20 | n bytes | response id, ASCII |
/// | 20 + n | the rest | H.264 access unit, or PCM16 little-endian at 24 kHz |
public struct BinaryMessage: Sendable, Equatable {
    /// What a message carries.
    public enum Kind: UInt8, Sendable {
        /// PCM16.
        case audio = 1
        /// A frame of an utterance.
        case video = 2
        /// A frame of the idle clip.
        case idleVideo = 3
    }

    /// The only version there is.
    public static let version: UInt8 = 1
    /// Bytes before the response id.
    public static let fixedLength = 20

    /// What it carries.
    public var kind: Kind
    /// True if decoding can start here.
    public var isKeyframe: Bool
    /// Video: the frame's number; audio: the number of the first sample, modulo 2³².
    public var index: UInt32
    /// Video: the frame of the idle clip on which it is painted; audio: 0.
    public var baseFrame: UInt32
    /// Presentation time in microseconds.
    public var ptsMicroseconds: UInt64
    /// The response it belongs to, at most 255 ASCII characters; empty for sound from the client and idle frames.
    public var responseID: String

    /// Puts the parts together.
    public init(
        kind: Kind, isKeyframe: Bool = false, index: UInt32 = 0, baseFrame: UInt32 = 0, ptsMicroseconds: UInt64 = 0,
        responseID: String = ""
    ) {
        self.kind = kind
        self.isKeyframe = isKeyframe
        self.index = index
        self.baseFrame = baseFrame
        self.ptsMicroseconds = ptsMicroseconds
        self.responseID = responseID
    }

    /// The header and `payload` as one message.
    public func encoded(with payload: UnsafeRawBufferPointer) -> [UInt8] {
        let idLength = min(responseID.utf8.count, 255)
        let headerLength = Self.fixedLength + idLength
        return [UInt8](unsafeUninitializedCapacity: headerLength + payload.count) { bytes, count in
            let raw = UnsafeMutableRawBufferPointer(bytes)
            raw[0] = Self.version
            raw[1] = kind.rawValue
            raw[2] = isKeyframe ? 1 : 0
            raw[3] = UInt8(idLength)
            raw.storeBytes(of: index.littleEndian, toByteOffset: 4, as: UInt32.self)
            raw.storeBytes(of: baseFrame.littleEndian, toByteOffset: 8, as: UInt32.self)
            raw.storeBytes(of: ptsMicroseconds.littleEndian, toByteOffset: 12, as: UInt64.self)
            for (offset, byte) in responseID.utf8.prefix(idLength).enumerated() {
                raw[Self.fixedLength + offset] = byte
            }
            UnsafeMutableRawBufferPointer(rebasing: raw[headerLength...]).copyMemory(from: payload)
            count = headerLength + payload.count
        }
    }

    /// Reads the header of `message`.
    /// - Returns: the header, and where in `message` the payload starts.
    /// - Throws: ``BinaryMessageError`` that says which field is wrong.
    public static func parse(_ message: [UInt8]) throws(BinaryMessageError) -> (header: BinaryMessage, payload: Int) {
        guard message.count >= fixedLength else { throw .tooShort(found: message.count, expected: fixedLength) }
        guard message[0] == version else { throw .unknownVersion(message[0]) }
        guard let kind = Kind(rawValue: message[1]) else { throw .unknownKind(message[1]) }
        let payload = fixedLength + Int(message[3])
        guard message.count >= payload else { throw .tooShort(found: message.count, expected: payload) }
        let id = message[fixedLength..<payload]
        guard id.allSatisfy({ $0 < 128 }) else { throw .responseIDNotASCII }
        let header = message.withUnsafeBytes { raw in
            BinaryMessage(
                kind: kind, isKeyframe: raw[2] & 1 == 1,
                index: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self)),
                baseFrame: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt32.self)),
                ptsMicroseconds: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 12, as: UInt64.self)),
                responseID: String(decoding: id, as: UTF8.self))
        }
        return (header, payload)
    }
}

/// Why a binary message cannot be read.
public enum BinaryMessageError: Error, Equatable {
    /// It ends inside the header. Lengths in bytes.
    case tooShort(found: Int, expected: Int)
    /// Byte 0 is not 1.
    case unknownVersion(UInt8)
    /// Byte 1 is none of 1, 2, 3.
    case unknownKind(UInt8)
    /// The response id has a byte over 127.
    case responseIDNotASCII
}

extension BinaryMessage {
    /// The sound in a binary message from the client, at the rate of its format.
    static func sound(in message: [UInt8], as format: AudioFormat = .pcm) throws(EventError) -> [Int16] {
        let header: BinaryMessage
        let payload: Int
        do {
            (header, payload) = try parse(message)
        } catch {
            throw EventError(code: .invalidBinaryMessage, message: "The binary message \(error.explanation).")
        }
        guard header.kind == .audio else {
            throw EventError(
                code: .invalidBinaryMessage,
                message: "The binary message has kind \(header.kind.rawValue); clients send only kind 1, audio.")
        }
        if let law = format.law { return law.decode(message[payload...]) }
        do {
            return try PCM16.samples(fromLittleEndian: message[payload...])
        } catch {
            throw EventError(error, in: "audio")
        }
    }
}

extension BinaryMessageError {
    /// Ends the sentence "The binary message …".
    fileprivate var explanation: String {
        switch self {
        case .tooShort(let found, let expected): "has \(found) bytes; its header takes \(expected)"
        case .unknownVersion(let version): "has version \(version) in byte 0; it must be \(BinaryMessage.version)"
        case .unknownKind(let kind): "has kind \(kind) in byte 1; it must be 1, audio"
        case .responseIDNotASCII: "has a response id that is not ASCII; leave it empty"
        }
    }
}
