import Audio
import Foundation
@testable import Realtime
import Responders
import TestSupport
import Testing

/// The avatar's own voice comes back through the microphone.
@Suite(.enabled(if: Recording.english.exists && Recording.mandarin.exists), .timeLimit(.minutes(10)))
struct EchoTests {
    /// What the avatar says.
    private let voice: [Int16]
    /// What the user says.
    private let user: [Int16]

    init() throws {
        voice = Array(try AudioFileReader(Recording.mandarin.url).readAll().prefix(192_000))
        user = Array(try AudioFileReader(Recording.english.url).readAll()[72_000...].prefix(72_000))
    }

    /// What a microphone hears: the voice at −20 dB after `delayMs`, with the reflections of a room; from sample `start`
    /// on the user; and a little noise.
    private func microphone(delayMs: Int, user: [Int16] = [], from start: Int = 0) -> [Int16] {
        var random = SeededGenerator(seed: 5)
        let reflections =
            [(0, 0.1)]
            + (0..<8).map { _ in
                (Int.random(in: 50...2_000, using: &random), Double.random(in: -0.03...0.03, using: &random))
            }
        return voice.indices.map { index in
            var sample = Double.random(in: -10...10, using: &random)
            for (lag, gain) in reflections where index - delayMs * 24 - lag >= 0 {
                sample += gain * Double(voice[index - delayMs * 24 - lag])
            }
            if (start..<(start + user.count)).contains(index) { sample += Double(user[index - start]) }
            return Int16(max(-32_768, min(sample, 32_767)))
        }
    }

    /// A session that says the voice, while it hears `sound` piece by piece in real time, by its clock.
    /// - Parameter length: samples of each piece that the responder gives.
    private func converse(hearing sound: [Int16], sayingPiecesOf length: Int = 2400) async -> SessionUnderTest {
        let pieces = stride(from: 0, to: voice.count, by: length).map {
            ResponsePiece.speech(Array(voice[$0..<min($0 + length, voice.count)]))
        }
        let test = SessionUnderTest(leaps: false, pieces: pieces)
        // Sound begins at no round number of anything.
        test.clock.advance(by: .microseconds(7_300))
        await test.ask()
        let pacer = Pacer(start: test.clock.now)
        for start in stride(from: 0, to: sound.count, by: 480) {
            // What may be sent by now has been sent.
            let due = pieces.indices.count { pacer.instant(toSend: $0 * length) <= test.clock.now }
            if test.outbox.all("response.done").isEmpty {
                await test.outbox.wait {
                    $0.count { $0.type == "response.output_audio.delta" } >= due
                        || $0.contains { $0.type == "response.done" }
                }
            }
            test.clock.advance(by: .milliseconds(20))
            let piece = sound[start..<min(start + 480, sound.count)]
            let message = piece.withUnsafeBytes { BinaryMessage(kind: .audio).encoded(with: $0) }
            await test.session.receive(binary: message)
        }
        return test
    }

    @Test(arguments: [20, 130, 260, 600], [2400, 1560, 1205, 777])
    func theAvatarsOwnVoiceDoesNotInterruptIt(delayMs: Int, length: Int) async {
        let test = await converse(hearing: microphone(delayMs: delayMs), sayingPiecesOf: length)
        #expect(test.outbox.all("input_audio_buffer.speech_started").isEmpty)
        await test.outbox.wait(for: "response.done")
        #expect(test.outbox.all("response.done").first?.event["response"]["status"] == "completed")
        await test.session.close()
    }

    @Test(arguments: [20, 260])
    func whoeverSpeaksOverItDoes(delayMs: Int) async throws {
        let sound = microphone(delayMs: delayMs, user: user, from: 72_000)
        let test = await converse(hearing: sound)
        let started = try #require(test.outbox.all("input_audio_buffer.speech_started").first)
        // Speech begins 70 ms after the first sample.
        #expect((3_000...3_900).contains(started.time / .milliseconds(1)))
        #expect((2_600...3_300).contains(try #require(started.event["audio_start_ms"].int)))
        #expect(
            test.outbox.all("response.done").first?.event["response"]["status_details"]["reason"] == "turn_detected")
        await test.session.close()
    }
}
