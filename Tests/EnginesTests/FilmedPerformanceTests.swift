import Avatars
import Batching
import Engines
import Foundation
import Home
import Inference
import LipSync
import Models
import Synchronization
import TestSupport
import Testing
import Video

/// An utterance as a session has it.
@Suite(.timeLimit(.minutes(5)), .enabled(if: MiniModel.exists)) struct FilmedPerformanceTests {
    private static func performer(
        on devices: [InferenceDevice] = [.cpu],
        observer: @escaping @Sendable (InferenceDevice) -> any BatchObserver = { _ in NoBatchObserver() }
    ) async throws -> Performer {
        let film = try await SmallFilm(model: FaceModel(version: "1.5", fingerprint: nil))
        let avatar = try await Avatar.load(from: film.folder)
        var settings = EngineSettings()
        settings.model = MiniModel.folder.path
        settings.devices = devices
        settings.threads = devices == [.cpu] ? 2 : 1
        settings.batchSize = 2
        let catalog = EngineCatalog(settings, observer: observer)
        return Performer(avatar: avatar, engine: try await catalog.engine(for: avatar), studio: FrameStudio())
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

    /// As with `--device cpu:0,cpu:1`.
    @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
    func thoseWhoSpeakAreSpreadOverTheDevices() async throws {
        let devices = [InferenceDevice.cores(0...0), .cores(1...1)]
        let used = UsedDevices()
        let performer = try await Self.performer(on: devices) { used.observer(of: $0) }
        #expect(try #require(performer.places.first).maximum < 1_000, "the devices are measured")
        let videos = [try performer.startUtterance(atBaseFrame: 0), try performer.startUtterance(atBaseFrame: 3)]
        for video in videos {
            await video.append([Int16](repeating: 0, count: 5 * 960))
            await video.finish()
            #expect(try await video.nextFrame() != nil)
        }
        for video in videos {
            var count = 1
            while try await video.nextFrame() != nil { count += 1 }
            #expect(count == 5)
        }
        #expect(used.all == Set(devices))
    }
}

/// The devices that make something.
private final class UsedDevices: Sendable {
    private let devices = Mutex<Set<InferenceDevice>>([])

    var all: Set<InferenceDevice> { devices.withLock { $0 } }

    func observer(of device: InferenceDevice) -> any BatchObserver { Observer(used: self, device: device) }

    private struct Observer: BatchObserver {
        let used: UsedDevices
        let device: InferenceDevice

        func finished(size: Int, took: Duration, limit: Int, capacity: Double) {
            _ = used.devices.withLock { $0.insert(device) }
        }
    }
}
