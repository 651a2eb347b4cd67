import ArgumentParser
import AvatarPreparation
import Engines
import Foundation
import Home
import TestSupport
import Testing

@testable import visavis

@Suite(.timeLimit(.minutes(10))) struct RenderBatchTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The built-in avatar says two recordings that lie beside the file; one second, and half of one.
    private func batch(_ clips: [String] = ["one", "half"], preparation: Bool = false) throws -> RenderBatch {
        try folder.file("configs/one.wav", WAV.bytes(of: [Int16](repeating: 900, count: 24_000), rate: 24_000))
        try folder.file("configs/half.wav", WAV.bytes(of: [Int16](repeating: 900, count: 12_000), rate: 24_000))
        let lines =
            ["mira:", "  preparation: \(preparation)", "  bbox_shift: 0", "  video_path: one.wav", "  audio_clips:"]
            + clips.map { "    \($0): \($0).wav" }
        let file = try folder.file("configs/realtime.yaml", lines.joined(separator: "\n").utf8)
        return RenderBatch(
            configuration: try RenderConfiguration(contentsOf: file), folder: folder.url.appending(path: "films"),
            replaces: true, isQuiet: true, settings: EngineSettings(), faceOptions: try .parse([]))
    }

    private var home: VisavisHome { VisavisHome(folder.url.appending(path: "home")) }

    @Test func eachClipBecomesAFilm() async throws {
        var films: [RenderResult] = []
        try await batch().run(in: home, onAvatar: { _ in }, onFilm: { films.append($0) })
        let place = folder.url.appending(path: "films/mira").path
        #expect(films.map(\.output) == ["\(place)/one.mp4", "\(place)/half.mp4"])
        #expect(films.map(\.frames) == [25, 13])
        #expect(try FileManager.default.contentsOfDirectory(atPath: place).sorted() == ["half.mp4", "one.mp4"])
    }

    @Test func whatIsMissingIsFoundBeforeTheFirstFilm() async throws {
        let batch = try batch(["one", "none"])
        await #expect(throws: RenderConfigurationError.self) {
            try await batch.run(in: home, onAvatar: { _ in }, onFilm: { _ in Issue.record("a film was made") })
        }
        #expect(folder.fileNames == ["configs"])
    }

    @Test func withoutAModelNoAvatarIsMade() async throws {
        let batch = try batch(preparation: true)
        let error = await #expect(throws: (any Error).self) {
            try await batch.run(in: home, onAvatar: { _ in }, onFilm: { _ in Issue.record("a film was made") })
        }
        #expect("\(String(describing: error))".contains("visavis models import"))
    }

    /// All of it, with the small model: an avatar of four frames says 0.2 s.
    @Test(.enabled(if: MiniModel.exists && Recording.clip.exists))
    func anAvatarIsMadeAndSpeaks() async throws {
        let shared = Recording.clip.url.deletingLastPathComponent().deletingLastPathComponent()
        try FileManager.default.createDirectory(at: home.models, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: home.models.appending(path: FaceDetector.fileName),
            withDestinationURL: shared.appending(path: "models").appending(path: FaceDetector.fileName))
        let clip = try folder.file("configs/clip.mp4")
        let words = ["-v", "error", "-y", "-i", Recording.clip.url.path, "-frames:v", "4", clip.path]
        try ChildProcess(URL(filePath: "/usr/bin/ffmpeg"), words).waitForExit()
        try folder.file("configs/word.wav", WAV.bytes(of: [Int16](repeating: 900, count: 4_800), rate: 24_000))
        let file = try folder.file(
            "configs/realtime.yaml",
            """
            Anna:
              preparation: True
              bbox_shift: 5
              video_path: clip.mp4
              audio_clips:
                word: word.wav
            """.utf8)
        var settings = EngineSettings()
        settings.model = MiniModel.folder.path
        let batch = RenderBatch(
            configuration: try RenderConfiguration(contentsOf: file), folder: folder.url.appending(path: "films"),
            replaces: false, isQuiet: true, settings: settings, faceOptions: try .parse([]))
        var made: [String] = []
        try await batch.run(
            in: home, onAvatar: { made.append("\($0.avatar.id): \($0.avatar.frames)") },
            onFilm: { made.append("\($0.frames) of \($0.width)×\($0.height)") })
        #expect(made == ["anna: 4", "5 of 576×768"])
        // What is there is not made again unasked.
        await #expect(throws: RenderConfigurationError.self) {
            try await batch.run(in: home, onAvatar: { _ in }, onFilm: { _ in })
        }
    }
}
