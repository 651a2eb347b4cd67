import Avatars
import Engines
import Foundation
import Home
import LipSync
import Models
import TestSupport
import Testing
import Video

/// An utterance as a session has it.
@Suite(.timeLimit(.minutes(5)), .enabled(if: MiniModel.exists)) struct FilmedPerformanceTests {
    private static func performer() async throws -> Performer {
        let film = try await SmallFilm(model: FaceModel(version: "1.5", fingerprint: nil))
        let avatar = try await Avatar.load(from: film.folder)
        var settings = EngineSettings()
        settings.model = MiniModel.folder.path
        settings.threads = 2
        settings.batchSize = 2
        return Performer(
            avatar: avatar, engine: try await EngineCatalog(settings).engine(for: avatar), studio: FrameStudio())
    }

    @Test func speechThatArrivesInPiecesBecomesItsFrames() async throws {
        let video = try await Self.performer().startUtterance(atBaseFrame: 4)
        var frames: [VideoFrame] = []
        for piece in 0..<8 {
            await video.append((0..<1_000).map { Int16(($0 * (37 + piece) % 160 - 80) * 100) })
            while let frame = try await video.nextFrame() { frames.append(frame) }
        }
        await video.finish()
        while let frame = try await video.nextFrame() { frames.append(frame) }
        #expect(await video.isComplete)
        #expect(frames.map(\.index) == Array(0..<9))
        #expect(frames.map(\.baseFrame) == [4, 5, 0, 1, 2, 3, 4, 5, 0])
        #expect(frames.first?.encoded.isKeyframe == true)
    }

    @Test func anInterruptionEndsOneUtteranceAndNoOther() async throws {
        let performer = try await Self.performer()
        let (interrupted, other) = (
            try performer.startUtterance(atBaseFrame: 0), try performer.startUtterance(atBaseFrame: 0)
        )
        for video in [interrupted, other] {
            await video.append([Int16](repeating: 0, count: 6 * 960))
            await video.finish()
        }
        #expect(try await interrupted.nextFrame() != nil)
        await interrupted.cancel()
        #expect(try await interrupted.nextFrame() == nil)
        var count = 0
        while try await other.nextFrame() != nil { count += 1 }
        #expect(count == 6)
    }
}
