import Audio
import Foundation
import LocalSpeech
import SherpaONNX
import TestSupport
import Testing

/// Models in processes of their own, and what happens when these end.
@Suite(.enabled(if: (try? SherpaLibrary()) != nil), .timeLimit(.minutes(5))) struct LocalModelTests {
    /// A tone that rises.
    private let sound = (0..<48_000).map { Int16(9_000 * sin(0.05 * Double($0) * (1 + Double($0) / 20_000))) }

    private func samples(_ speech: AsyncThrowingStream<[Int16], any Error>?) async throws -> Int {
        try await speech?.reduce(0) { $0 + $1.count } ?? 0
    }

    @Test func aTurnIsRecognisedTheSameWayEachTime() async throws {
        let model = SmallSpeechModel.recognizer()
        let words = try await model.recognize(sound)
        #expect(!words.isEmpty)
        #expect(try await model.recognize(sound) == words)
    }

    @Test(arguments: [0, 1, 239]) func lessThanAWindowOfSoundIsHarmless(count: Int) async throws {
        let model = SmallSpeechModel.recognizer()
        _ = try await model.recognize(Array(repeating: 100, count: count))
        #expect(try await !model.recognize(sound).isEmpty)
    }

    @Test func sessionsWaitForOneAnother() async throws {
        let model = SmallSpeechModel.recognizer()
        let words = try await withThrowingTaskGroup { group in
            for _ in 0..<8 { group.addTask { try await model.recognize(sound) } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(words.count == 1)
    }

    @Test func aVoiceWithALexiconSpeaksWords() async throws {
        let voice = try SmallSpeechModel.speaker(SmallSpeechModel.voice.folder)
        // Three tokens of 2048 samples at 22050 Hz.
        let length = 3 * 2_048 * 24_000 / 22_050
        #expect(abs(try await samples(voice.speech(of: "Hello", voice: "local")) - length) < 10)
        #expect(try await samples(voice.speech(of: "😀", voice: "local")) == 0)
    }

    #if ESpeakNG
        @Test func aVoiceWithoutALexiconSpeaksPhonemes() async throws {
            let voice = try SmallSpeechModel.speaker(SmallSpeechModel.piper.folder)
            let short = try await samples(voice.speech(of: "Hello.", voice: "local"))
            let long = try await samples(voice.speech(of: "Hello, how are you today?", voice: "local"))
            #expect(short > 6 * 2_048)
            #expect(long > 2 * short)
        }
    #endif

    @Test func whoStopsListeningStopsTheVoice() async throws {
        let voice = try SmallSpeechModel.speaker(SmallSpeechModel.voice.folder)
        let text = Array(repeating: "hello world.", count: 200).joined(separator: " ")
        for try await _ in try #require(voice.speech(of: text, voice: "local")) { break }
        // The voice is free again.
        #expect(try await samples(voice.speech(of: "hello", voice: "local")) > 0)
    }

    @Test func aTornGraphIsSaid() async throws {
        let graph = try Data(contentsOf: URL(filePath: SmallSpeechModel.recogniser.folder + "/model.onnx"))
        // The metadata, by which the layout is known, stays at the end.
        let folder = try SmallSpeechModel.recogniser.copy(
            changing: "model.onnx", to: Data(count: 100) + graph.suffix(400))
        let error = await #expect(throws: LocalSpeechError.self) {
            try await SmallSpeechModel.recognizer(folder.url.path).load()
        }
        #expect("\(try #require(error))".contains("sherpa-onnx does not take the model"))
    }

    @Test func aListOfTokensWithoutBlankIsSaid() async throws {
        let folder = try SmallSpeechModel.recogniser.copy(changing: "tokens.txt", to: Data("a 0\n".utf8))
        let error = await #expect(throws: LocalSpeechError.self) {
            try await SmallSpeechModel.recognizer(folder.url.path).load()
        }
        #expect("\(try #require(error))".contains("blk"))
    }

    @Test func aModelThatEndsItsProcessEndsNothingElse() async throws {
        // Without a token for the space, the library ends the process when it is to speak.
        let tokens = try String(contentsOfFile: SmallSpeechModel.voice.folder + "/tokens.txt", encoding: .utf8)
        let folder = try SmallSpeechModel.voice.copy(
            changing: "tokens.txt", to: Data(tokens.replacing("  1\n", with: "").utf8))
        let voice = try SmallSpeechModel.speaker(folder.url.path)
        for _ in 0..<2 {
            let error = await #expect(throws: LocalSpeechError.self) {
                _ = try await samples(voice.speech(of: "hello", voice: "local"))
            }
            guard case .ended(folder.url.path, let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("out_of_range"))
        }
    }

    @Test func aProgramThatIsNoWorkerIsSaid() async {
        for program in ["/nowhere/visavis", "/bin/false"] {
            let model = LocalModel(
                .recognition(model: SmallSpeechModel.recogniser.folder, language: "", threads: 1), program: program)
            await #expect(throws: LocalSpeechError.self) { try await model.load() }
        }
    }
}
