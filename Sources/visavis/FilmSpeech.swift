import Audio
import Foundation
import Responders

/// What is said in a film.
enum FilmSpeech {
    case recording(AudioFileReader)
    case answer(any AsyncSequence<ResponsePiece, any Error> & Sendable)

    /// A recording.
    /// - Throws: ``Audio/AudioFileError``.
    init(recording url: URL) throws {
        self = .recording(try AudioFileReader(url))
    }

    /// A text that a voice reads.
    init(text: String, voice: String) throws {
        let turn = Turn(speaker: .user, text: text)
        self = .answer(try SpeakResponder().respond(to: Conversation(turns: [turn], voice: voice)))
    }

    /// Nil if nobody knows before it is over.
    var expectedFrames: Int? {
        guard case .recording(let reader) = self, let duration = reader.duration else { return nil }
        return RenderProgress.frameCount(ofSeconds: duration)
    }

    /// Says all of it.
    /// - Returns: the film's length in frames, and in samples.
    func say(in rendering: Rendering) async throws -> (frames: Int, samples: Int) {
        do {
            switch self {
            case .recording(let reader):
                while let speech = try reader.read() { try await rendering.append(speech) }
            case .answer(let pieces):
                for try await case .speech(let speech) in pieces { try await rendering.append(speech) }
            }
            return try await rendering.finish()
        } catch {
            await rendering.abandon()
            throw error
        }
    }
}
