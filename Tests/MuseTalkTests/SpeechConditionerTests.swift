import Foundation
import Inference
import Models
import TestSupport
import Testing

@testable import MuseTalk

@Suite(.timeLimit(.minutes(10)), .enabled(if: Golden.exist && MiniModel.exists)) struct SpeechConditionerTests {
    @Test func theSpectrogramIsThatOfTheOfficialCode() async throws {
        let graph = try Graph(ModelDirectory(MiniModel.folder).graph(.speech).path)
        let binding = try Binding(graph)
        let samples = try Tensor<Float>([1, 480_000])
        let mel = try Tensor<Float>([1, 80, 3000])
        samples.copy(try Utterance.golden().samples.map { Float($0) / 32_768 })
        try binding.bind(input: "samples", to: samples)
        try binding.bind(output: "states", to: Tensor<Float>([1, 1500, 5, 384]))
        try binding.bind(output: "mel", to: mel)
        try binding.run()
        let difference = Self.difference(mel.elements, try Golden.array("mel_80x3000.npy").elements)
        print("mel: max abs \(difference)")
        #expect(difference <= 1e-4)
    }

    @Test func wholeFramesAreThoseOfTheOfficialCode() async throws {
        let frames = try await Utterance.golden().conditioning(.whole)
        #expect(frames.count == 200)
        let official = try Golden.array("prompts.npy", of: Float.self)
        let listed = try Golden.array("prompt_frames.npy", of: Int64.self).elements
        let difference = listed.enumerated().map { Self.difference(frames[Int($1)], Array(official[$0])) }.max() ?? .nan
        print("prompts: max abs \(difference)")
        #expect(difference <= 1e-3)
    }

    /// The measurement of `docs/parity.md`: how much the missing future changes.
    @Test func streamingIsCloseToWholeWhateverThePieces() async throws {
        let utterance = try Utterance.golden()
        let whole = try await utterance.conditioning(.whole)
        var first: [[Float]]?
        for milliseconds in [20, 100, 500, 2000] {
            let streamed = try await utterance.conditioning(.streaming, piece: utterance.rate * milliseconds / 1000)
            #expect(streamed.count == whole.count)
            let similarity = Similarity(streamed, whole)
            print("eng-8s.wav in pieces of \(milliseconds) ms: \(similarity)")
            #expect(similarity.mean > 0.9995 && similarity.p5 > 0.999)
            #expect(streamed == first ?? streamed)
            first = streamed
        }
    }

    @Test(.enabled(if: Recording.mandarin.exists)) func streamingIsCloseForAnotherVoice() async throws {
        var utterance = try Utterance(.mandarin)
        utterance.samples = Array(utterance.samples.prefix(10 * utterance.rate))
        let whole = try await utterance.conditioning(.whole)
        let streamed = try await utterance.conditioning(.streaming, piece: 4801)
        let similarity = Similarity(streamed, whole)
        print("sun.wav, 10 s: \(similarity)")
        #expect(similarity.mean > 0.9995 && similarity.p5 > 0.999)
    }

    /// The frames around 30 s are made of two segments.
    @Test(.enabled(if: Recording.english.exists)) func segmentsMeetWithoutASeam() async throws {
        var utterance = try Utterance(.english)
        utterance.samples = Array(utterance.samples.prefix(31 * utterance.rate))
        let whole = try await utterance.conditioning(.whole)
        let streamed = try await utterance.conditioning(.streaming)
        #expect(streamed.count == 775)
        let similarity = Similarity(Array(streamed[740..<760]), Array(whole[740..<760]))
        print("eng.wav around 30 s: \(similarity)")
        #expect(similarity.least > 0.998)
    }

    @Test(arguments: SpeechHearing.allCases) func theLastPartOfAFrameIsAFrame(hearing: SpeechHearing) async throws {
        let speech = try Utterance.golden().samples.suffix(50_000)
        for samples in [1, 319, 320, 641, 640 * 7 + 400] {
            let utterance = Utterance(samples: Array(speech.prefix(samples)), rate: 16_000)
            let frames = try await utterance.conditioning(hearing)
            #expect(frames.count == (samples + 639) / 640)
            #expect(frames.joined().allSatisfy { $0.isFinite })
            // Zeros, as behind the sound, are all that there is of less than 20 ms.
            #expect(frames.last?.contains { $0 != 0 } == (samples >= 320))
        }
    }

    @Test func whoIsCancelledHearsNoMore() async throws {
        let utterance = try Utterance.golden()
        let model = try Utterance.model(.streaming)
        let listening = Task {
            let conditioner = try SpeechConditioner(model, rate: utterance.rate)
            conditioner.append(utterance.samples)
            withUnsafeCurrentTask { $0?.cancel() }
            return try await conditioner.prepare(200)
        }
        await #expect(throws: CancellationError.self) { try await listening.value }
    }

    private static func difference(_ numbers: [Float], _ others: [Float]) -> Float {
        guard numbers.count == others.count else { return .infinity }
        return zip(numbers, others).map { abs($0 - $1) }.max() ?? 0
    }
}
