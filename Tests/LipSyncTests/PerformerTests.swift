import Avatars
import LipSync
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct PerformerTests {
    @Test func framesAreNumberedAndPaintedOnTheClip() async throws {
        let performer = try await Mira.performer()
        let count = performer.avatar.frameCount
        let video = try performer.startUtterance(atBaseFrame: count - 3)
        for _ in 0..<10 { await video.append(buzz(samples: 1_000)) }
        #expect(await !video.isComplete)
        await video.finish()
        var frames: [VideoFrame] = []
        while let frame = try await video.nextFrame() { frames.append(frame) }
        #expect(frames.map(\.index) == Array(0..<11))
        #expect(frames.map(\.pts) == (0..<11).map { $0 * 40_000 })
        #expect(frames.map(\.baseFrame) == (0..<11).map { ($0 + count - 3) % count })
        #expect(frames.map(\.encoded.isKeyframe) == [true] + Array(repeating: false, count: 10))
        #expect(await video.isComplete)
        #expect(try await video.nextFrame() == nil)
    }

    @Test(arguments: [(0, 0), (-1, -1), (7, 7), (.max, .max), (.min, .min)])
    func anyBaseFrameIsOneOfTheClip(asked: Int, expected: Int) async throws {
        let performer = try await Mira.performer()
        let video = try performer.startUtterance(atBaseFrame: asked)
        await video.append(buzz(samples: 1))
        await video.finish()
        let count = performer.avatar.frameCount
        #expect(try await video.nextFrame()?.baseFrame == (expected % count + count) % count)
    }

    @Test func aKeyframeComesWhenItIsAskedFor() async throws {
        let video = try await Mira.performer().startUtterance(atBaseFrame: 0)
        await video.append(buzz(samples: 9_600))
        await video.finish()
        var keyframes: [Int] = []
        while let frame = try await video.nextFrame() {
            if frame.encoded.isKeyframe { keyframes.append(frame.index) }
            if frame.index == 4 { await video.requestKeyframe() }
        }
        #expect(keyframes == [0, 5])
    }

    @Test(arguments: [0, 1, 5, 9])
    func nothingFollowsAnInterruption(frames: Int) async throws {
        let video = try await Mira.performer().startUtterance(atBaseFrame: 0)
        await video.append(buzz(samples: 9_600))
        await video.finish()
        for _ in 0..<frames { #expect(try await video.nextFrame() != nil) }
        await video.cancel()
        #expect(await video.isComplete)
        await video.append(buzz(samples: 9_600))
        await video.finish()
        #expect(try await video.nextFrame() == nil)
    }

    @Test func speechAfterTheEndIsIgnored() async throws {
        let video = try await Mira.performer().startUtterance(atBaseFrame: 0)
        await video.append(buzz(samples: 960))
        await video.finish()
        await video.append(buzz(samples: 9_600))
        #expect(try await video.nextFrame() != nil)
        #expect(try await video.nextFrame() == nil)
        #expect(await video.isComplete)
    }

    @Test func anUtteranceWithoutSpeechHasNoFrame() async throws {
        let video = try await Mira.performer().startUtterance(atBaseFrame: 0)
        await video.finish()
        #expect(await video.isComplete)
        #expect(try await video.nextFrame() == nil)
    }

    @Test func droppedUtterancesLeaveNothing() async throws {
        let performer = try await Mira.performer()
        weak var dropped: UtteranceVideo?
        for round in 0..<40 {
            let video = try performer.startUtterance(atBaseFrame: round)
            await video.append(buzz(samples: round * 500))
            for _ in 0..<(round % 7) { _ = try await video.nextFrame() }
            dropped = video
        }
        #expect(dropped == nil)
    }

    @Test func utterancesAtTheSameTimeDoNotDisturbEachOther() async throws {
        let performer = try await Mira.performer()
        let speech = buzz(samples: 24_000)
        let alone = try await film(speech, by: performer)
        let together = try await withThrowingTaskGroup(of: [VideoFrame].self) { group in
            for _ in 0..<6 { group.addTask { try await film(speech, by: performer) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for frames in together {
            #expect(frames.map(\.index) == alone.map(\.index))
            #expect(frames.map(\.encoded.isKeyframe) == alone.map(\.encoded.isKeyframe))
        }
    }
}

/// The default avatar, loaded once for all tests.
enum Mira {
    private static let loading = Task { try await AvatarLibrary().load("mira") }

    static func avatar() async throws -> Avatar { try await loading.value }

    static func performer() async throws -> Performer {
        Performer(avatar: try await avatar(), engine: VisemeEngine(try LipNetwork()), studio: FrameStudio())
    }
}

private func film(_ speech: [Int16], by performer: Performer) async throws -> [VideoFrame] {
    let video = try performer.startUtterance(atBaseFrame: 0)
    await video.append(speech)
    await video.finish()
    var frames: [VideoFrame] = []
    while let frame = try await video.nextFrame() {
        frames.append(frame)
        await Task.yield()
    }
    return frames
}

/// Something that opens the mouth.
func buzz(samples: Int) -> [Int16] {
    (0..<samples).map { Int16((($0 * 37) % 160 - 80) * 100) }
}
