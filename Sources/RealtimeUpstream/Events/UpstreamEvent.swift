internal import Foundation
internal import Responders

/// An event of an upstream, as far as it matters here; under its present name or its earlier one.
enum UpstreamEvent: Sendable, Equatable {
    case sessionCreated
    case error(ErrorDetails, eventID: String?)
    /// The sound in the input buffer has become this item.
    case committed(itemID: String)
    case transcriptionDelta(itemID: String, delta: String)
    case transcribed(itemID: String, text: String)
    case transcriptionFailed(itemID: String, reason: String)
    case responseCreated(id: String)
    case outputItemAdded(OutputItem, responseID: String)
    case outputItemDone(OutputItem, responseID: String)
    /// PCM16, little-endian; a sample may be cut in two.
    case audio(OutputPosition, bytes: [UInt8])
    case transcript(OutputPosition, delta: String)
    case text(OutputPosition, delta: String)
    /// More of the arguments of a call.
    case functionCallArguments(responseID: String, callID: String, delta: String)
    case responseDone(FinishedResponse)
    case rateLimits([RateLimit])
    /// Nothing that matters here.
    case other

    /// Which part of which item of which response.
    struct OutputPosition: Sendable, Equatable {
        var responseID: String
        var itemID: String
        var contentIndex: Int
    }

    /// An item that an answer consists of.
    enum OutputItem: Sendable, Equatable {
        case message(id: String)
        case functionCall(FunctionCall)
        case other

        var id: String? {
            switch self {
            case .message(let id): id
            case .functionCall(let call): call.id
            case .other: nil
            }
        }
    }

    /// What is wrong, in the upstream's words.
    struct ErrorDetails: Sendable, Equatable {
        var code: String?
        var message: String
    }

    /// A response that has ended.
    struct FinishedResponse: Sendable, Equatable {
        /// `completed`, `cancelled`, `incomplete` or `failed`.
        var status: String
        var id: String
        /// Why it is not complete: `turn_detected`, `max_output_tokens`, `content_filter` …
        var reason: String?
        var error: ErrorDetails?
        var usage: TokenUsage?
    }
}

extension UpstreamEvent {
    /// Reads a text message.
    /// - Throws: ``UpstreamFailure/notAnEvent(_:)`` that says what is wrong.
    init(message: some Sequence<UInt8>) throws(UpstreamFailure) {
        do {
            self = try JSONDecoder().decode(UpstreamEvent.self, from: Data(message))
        } catch let DecodingError.keyNotFound(key, context) {
            throw .notAnEvent("without \((context.codingPath + [key]).map(\.stringValue).joined(separator: "."))")
        } catch let DecodingError.typeMismatch(_, context) {
            throw .notAnEvent("with a wrong \(context.codingPath.map(\.stringValue).joined(separator: "."))")
        } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
            throw .notAnEvent("with a wrong \(context.codingPath.map(\.stringValue).joined(separator: "."))")
        } catch {
            throw .notAnEvent("that is not JSON")
        }
    }
}
