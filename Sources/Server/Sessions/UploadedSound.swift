import Audio
import Foundation
import Hummingbird
import Responders

/// Speech that a client has sent as a file of any kind that FFmpeg reads.
struct UploadedSound: Sendable {
    /// The largest file, in bytes: ten minutes of WAV at 24 kHz.
    static let largestFile = 32 << 20
    /// The longest speech, in samples: ten minutes.
    static let longestSpeech = 600 * SpeechFormat.sampleRate

    let samples: [Int16]

    /// Receives and decodes a file.
    /// - Throws: ``HTTPProblem`` if it is too large or too long, or no sound.
    init(_ request: Request) async throws {
        let bytes = try await request.body(upTo: Self.largestFile)
        let file = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString).upload")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes.readableBytesView).write(to: file)
        samples = try await Self.decode(file)
    }

    /// As an answer, in pieces of 100 ms.
    func pieces(transcript: String?) -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        let (stream, pieces) = AsyncThrowingStream<ResponsePiece, any Error>.makeStream()
        if let transcript, !transcript.isEmpty { pieces.yield(.transcript(transcript)) }
        for start in stride(from: 0, to: samples.count, by: SpeechFormat.pieceLength) {
            pieces.yield(.speech(Array(samples[start..<min(start + SpeechFormat.pieceLength, samples.count)])))
        }
        pieces.finish()
        return stream
    }

    @concurrent
    private static func decode(_ file: URL) async throws -> [Int16] {
        do throws(AudioFileError) {
            let reader = try AudioFileReader(file)
            var samples: [Int16] = []
            while let piece = try reader.read() {
                samples += piece
                guard samples.count <= longestSpeech else { break }
            }
            if samples.count <= longestSpeech { return samples }
        } catch {
            // Its name is of no use to the client, who sent no name.
            let reason = "\(error)".replacing(file.path, with: "the file")
            throw HTTPProblem.invalid("The body is no sound that can be played: \(reason)")
        }
        throw HTTPProblem(
            status: .contentTooLarge, code: "sound_too_long",
            message: "The sound is longer than \(longestSpeech / SpeechFormat.sampleRate) seconds. Send it in parts.")
    }
}
