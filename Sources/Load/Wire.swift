import Audio
import Foundation
import NIOCore
import Realtime

/// The protocol as a load test speaks it: sound and picture in binary messages, of which only headers are read.
enum Wire {
    /// Samples in one message to the server: 100 ms.
    static let samplesPerMessage = SpeechFormat.sampleRate / 10
    /// Samples in a message of a microphone that stays open: 20 ms, as the page's.
    static let samplesPerPiece = SpeechFormat.sampleRate / 50
    /// The silence that ends a turn, hands-free.
    static let silence = Duration.milliseconds(500)

    /// Asks for the picture, in binary messages, when the session begins.
    static let query = "video=binary"
    /// Chooses manual turns.
    static let configure = #"""
        {"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":null}}}}
        """#
    /// Chooses turns that the server finds, and the binary transport.
    static let configureHandsFree = #"""
        {"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":\#
        {"type":"server_vad","silence_duration_ms":500}}},"video":{"transport":"binary"}}}
        """#
    static let commit = #"{"type":"input_audio_buffer.commit"}"#
    static let createResponse = #"{"type":"response.create"}"#

    /// A turn as messages to the server.
    static func messages(of turn: [Int16], samples: Int = samplesPerMessage) -> [[UInt8]] {
        stride(from: 0, to: turn.count, by: samples).map { start in
            turn[start..<min(start + samples, turn.count)].withUnsafeBytes {
                BinaryMessage(kind: .audio).encoded(with: $0)
            }
        }
    }

    /// What a binary message of the server carries.
    enum Delta: Equatable {
        case audio(firstSample: Int, samples: Int)
        case video(frame: Int)
        case unknown
    }

    /// Reads the header of a binary message.
    static func delta(in message: ByteBuffer) -> Delta {
        let start = message.readerIndex
        guard message.readableBytes >= BinaryMessage.fixedLength,
            let kind = message.getInteger(at: start + 1, as: UInt8.self).flatMap(BinaryMessage.Kind.init),
            let idLength = message.getInteger(at: start + 3, as: UInt8.self),
            let index = message.getInteger(at: start + 4, endianness: .little, as: UInt32.self)
        else { return .unknown }
        switch kind {
        case .audio:
            let payload = message.readableBytes - BinaryMessage.fixedLength - Int(idLength)
            return .audio(firstSample: Int(index), samples: max(0, payload / 2))
        case .video: return .video(frame: Int(index))
        case .idleVideo: return .unknown
        }
    }

    /// An event of the server, as far as a load test has to know it.
    struct Event: Decodable {
        struct Problem: Decodable {
            let code: String?
            let message: String
        }
        struct Response: Decodable {
            struct Details: Decodable {
                let error: Problem?
            }
            private enum CodingKeys: String, CodingKey {
                case status
                case details = "status_details"
            }
            let status: String?
            let details: Details?
        }
        private enum CodingKeys: String, CodingKey {
            case type, error, response
            case stepsMs = "steps_ms"
            case ownMs = "own_ms"
        }
        let type: String
        var error: Problem?
        var response: Response?
        /// Of `response.timeline`: milliseconds to each step of an answer.
        var stepsMs: [String: Double]?
        /// What is the server's own of the time to the first frame.
        var ownMs: Double?

        /// True if it is the end of an answer that was given completely.
        var isCompletedAnswer: Bool { type == "response.done" && response?.status == "completed" }

        /// What went wrong, if the event says that something did: an error, or an answer that ended before its end.
        var failure: String? {
            if let error { return "\(error.code ?? "no code"): \(error.message)" }
            guard type == "response.done", !isCompletedAnswer else { return nil }
            let reason = response?.details?.error.map { ": \($0.message)" } ?? ""
            return "an answer ended as \(response?.status ?? "nothing")\(reason)"
        }
    }

    /// Reads a text message; nil if it is not an event. Deltas are binary, so these are few.
    static func event(in message: ByteBuffer) -> Event? {
        try? JSONDecoder().decode(Event.self, from: Data(message.readableBytesView))
    }
}
