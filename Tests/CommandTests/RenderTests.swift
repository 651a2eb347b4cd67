import ArgumentParser
import Audio
import Avatars
import Foundation
import TestSupport
import Testing
import Video

@testable import visavis

@Suite(.timeLimit(.minutes(10))) struct RenderTests {
    @Test(.enabled(if: Recording.mandarinStereo.exists))
    func aRecordingBecomesAFilmOfItsLength() async throws {
        let folder = try TemporaryFolder()
        let film = folder.url.appending(path: "film.mp4")
        let recording = Recording.mandarinStereo.url
        try await Render.parse(["--audio", recording.path, "--out", film.path, "--json"]).run()

        let samples = try AudioFileReader(recording).readAll().count
        #expect(try folder.countFrames(of: film) == (samples + 959) / 960)
        let sound = try AudioFileReader(film).readAll()
        // AAC is made in blocks of 1024 samples; what a player hears ends within a frame of the picture.
        #expect(abs(sound.count - samples) <= 1_024)
        #expect(folder.fileNames == ["film.mp4"])
    }

    /// The film of the front page's measurement: 60 s.
    @Test(.enabled(if: Recording.english.exists))
    func theEnglishRecordingBecomesAFilmWhoseSoundAndPictureAreTogether() async throws {
        let folder = try TemporaryFolder()
        let film = folder.url.appending(path: "film.mp4")
        try await Render.parse(["--audio", Recording.english.url.path, "--out", film.path]).run()

        let streams = try Probe.streams(of: film)
        #expect(streams.count == 2)
        let video = try #require(streams.first { $0["codec_type"] == "video" })
        let audio = try #require(streams.first { $0["codec_type"] == "audio" })
        #expect(video["nb_frames"] == "1500")
        let videoStart = try #require(video["start_time"].flatMap(Double.init))
        let audioStart = try #require(audio["start_time"].flatMap(Double.init))
        #expect(abs(videoStart - audioStart) <= 0.005)
        let videoEnd = videoStart + (try #require(video["duration"].flatMap(Double.init)))
        let audioEnd = audioStart + (try #require(audio["duration"].flatMap(Double.init)))
        #expect(abs(videoEnd - audioEnd) <= 0.040)
        #expect(abs(audioEnd - audioStart - 60) <= 0.040)
    }

    @Test func aTextBecomesAFilm() async throws {
        let folder = try TemporaryFolder()
        let film = folder.url.appending(path: "film.mp4")
        try await Render.parse(["--text", "Good morning.", "--voice", "rms", "--out", film.path]).run()
        let sound = try AudioFileReader(film).readAll()
        #expect((12_000...72_000).contains(sound.count))
        #expect(sound.contains { $0 > 1_000 })
        #expect(abs(try folder.countFrames(of: film) - sound.count / 960) <= 2)
    }

    @Test(.enabled(if: MiniModel.exists)) func aFilmedAvatarSaysARecording() async throws {
        let folder = try TemporaryFolder()
        try folder.writeSpeech("speech.wav", seconds: 1)
        let avatar = try await SmallFilm(model: FaceModel(version: "1.5", fingerprint: nil))
        let film = folder.url.appending(path: "film.mp4")
        try await Render.parse([
            "--engine", "musetalk", "--model", MiniModel.folder.path, "--avatar", avatar.folder.path,
            "--audio", folder.url.appending(path: "speech.wav").path, "--batch-size", "4", "--out", film.path,
        ]).run()
        #expect(try folder.countFrames(of: film) == 25)
        #expect(abs(try AudioFileReader(film).readAll().count - 24_000) <= 1_024)
    }

    @Test(arguments: [
        (["--out", "film.mp4"], "nothing to say"),
        (["--audio", "a.wav", "--text", "Hello.", "--out", "film.mp4"], "exclude each other"),
        (["--text", "Hello."], "--out"),
        (["--text", "Hello.", "--out", "film.mp4", "--force"], "--force is for --inference-config"),
        (["--inference-config", "a.yaml", "--text", "Hello."], "exclude each other"),
        (["--inference-config", "a.yaml", "--avatar", "mira"], "the file names its avatars"),
        (["--text", "Hello.", "--out", "film.mp4", "--batch-size", "0"], "--batch-size"),
        (
            ["--text", "Hello.", "--out", "film.mp4", "--engine", "magic"],
            "“magic”; expected is one of auto, viseme, musetalk"
        ),
    ])
    func aWrongCommandLineIsAUsageError(arguments: [String], message: String) {
        let error = #expect(throws: (any Error).self) { try Render.parse(arguments) }
        guard let error else { return }
        #expect(Render.exitCode(for: error) == .validationFailure)
        #expect(Render.fullMessage(for: error).contains(message))
    }

    /// Each names what is wrong; none leaves a file behind.
    @Test(arguments: [
        (["--audio", "FOLDER/none.wav"], "none.wav: No such file"),
        (["--audio", "FOLDER/notes.txt"], "notes.txt: Invalid data"),
        (["--audio", "FOLDER/speech.wav", "--avatar", "nobody"], "nobody"),
        (["--audio", "FOLDER/speech.wav", "--out", "FOLDER/none/film.mp4"], "none/film.mp4: cannot be created"),
        (["--audio", "FOLDER/speech.wav", "--out", "FOLDER"], "Is a directory"),
        (["--text", "Hello.", "--voice", "nobody"], "no voice \"nobody\"; expected one of slt"),
        (["--text", "   "], "has none"),
        (["--text", "…"], "expected letters"),
    ])
    func whatIsWrongIsSaid(arguments: [String], message: String) async throws {
        let folder = try TemporaryFolder()
        try Data("These are no samples.".utf8).write(to: folder.url.appending(path: "notes.txt"))
        try folder.writeSpeech("speech.wav", seconds: 1)
        var words = arguments.map { $0.replacingOccurrences(of: "FOLDER", with: folder.url.path) }
        if !words.contains("--out") { words += ["--out", folder.url.appending(path: "film.mp4").path] }
        let command = try Render.parse(words)
        let error = await #expect(throws: (any Error).self) { try await command.run() }
        guard let error else { return }
        #expect(Render.exitCode(for: error) == .failure)
        #expect(Render.fullMessage(for: error).contains(message))
        #expect(folder.fileNames == ["notes.txt", "speech.wav"])
    }

    @Test func aRecordingThatBreaksOffIsSaidAsFarAsItGoes() async throws {
        let folder = try TemporaryFolder()
        let recording = folder.url.appending(path: "speech.wav")
        try folder.writeSpeech("speech.wav", seconds: 4)
        let bytes = try Data(contentsOf: recording)
        try bytes[..<(44 + 24_000 * 2 * 2)].write(to: recording)
        let film = folder.url.appending(path: "film.mp4")
        try await Render.parse(["--audio", recording.path, "--out", film.path]).run()
        #expect(try folder.countFrames(of: film) == 50)
    }

    @Test func anInterruptedCommandLeavesNoFile() async throws {
        let folder = try TemporaryFolder()
        try folder.writeSpeech("speech.wav", seconds: 60)
        let (recording, film) = (folder.url.appending(path: "speech.wav"), folder.url.appending(path: "film.mp4"))
        let command = try Render.parse(["--audio", recording.path, "--out", film.path])
        let running = Task { try await command.render() }
        defer { running.cancel() }
        while !folder.fileNames.contains(where: { $0.hasSuffix(".partial") }) {
            try await Task.sleep(for: .milliseconds(20))
        }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(folder.fileNames == ["speech.wav"])
    }
}

@Suite(.timeLimit(.minutes(10))) struct RenderProgressTests {
    @Test func aBarShowsHowFarAFilmIs() {
        let line = RenderProgress.line(frames: 750, of: 1_500, after: 2)
        #expect(line.filter { $0 == "█" }.count == 15)
        #expect(line.hasSuffix("50%  750 frames  15.0× real time  2 s left"))
    }

    @Test func withoutALengthThereIsNoBar() {
        #expect(RenderProgress.line(frames: 50, of: nil, after: 1) == "50 frames  2.0× real time")
    }

    @Test func aLengthThatNoFilmHasIsUnknown() {
        for duration in [-1, 1.1e9, 1e300, .infinity, -.infinity, .nan] {
            #expect(RenderProgress.frameCount(ofSeconds: duration) == nil)
        }
        #expect(RenderProgress.frameCount(ofSeconds: 60) == 1_500)
        #expect(RenderProgress.frameCount(ofSeconds: 1e9) == 25_000_000_000)
    }

    @Test func anEndBeyondAllTimeIsNotNamed() {
        let line = RenderProgress.line(frames: 1, of: .max, after: 1_000)
        #expect(line.hasSuffix(" 0%  1 frames  0.0× real time"))
    }

    @Test func aWrongEstimateDoesNotOverflow() {
        let line = RenderProgress.line(frames: 300, of: 100, after: 1)
        #expect(line.filter { $0 == "█" }.count == 30)
        #expect(line.contains(" 100% ") && line.hasSuffix(" 0 s left"))
        #expect(RenderProgress.line(frames: 1, of: 10, after: 0).hasSuffix("0 s left"))
    }
}

extension TemporaryFolder {
    fileprivate func countFrames(of film: URL) throws -> Int {
        let reader = try VideoFileReader(film)
        var count = 0
        while try reader.read() != nil { count += 1 }
        return count
    }

    /// A WAV of a buzz, 24 kHz mono.
    fileprivate func writeSpeech(_ name: String, seconds: Int) throws {
        let samples = (0..<(seconds * 24_000)).map { Int16(($0 * 37 % 160 - 80) * 100) }
        try file(name, WAV.bytes(of: samples, rate: 24_000))
    }
}
