import Avatars
import LipSync
import TestSupport
import Testing
import Video

@testable import MuseTalk

@Suite(.timeLimit(.minutes(10)), .enabled(if: Golden.exist && MiniModel.exists && Recording.clip.exists))
struct MuseTalkFacesTests {
    @Test(arguments: [1, 4]) func anUtteranceHasAsManyFramesAsItsSpeech(batchSize: Int) async throws {
        let stage = try await Stage(batchSize: batchSize)
        let faces = stage.faces()
        faces.append([Int16](repeating: 0, count: 9 * 960 + 1))
        faces.finish()
        #expect(try await stage.paintAll(faces) == 10)
        #expect(try await !faces.prepareAndPaint(into: stage.picture))
    }

    @Test func aFrameComesOutWhenSpeechGoesOnFor80MillisecondsBeyondIt() async throws {
        let stage = try await Stage(batchSize: 4)
        let faces = stage.faces()
        var painted = 0
        for pieces in 1...6 {
            faces.append([Int16](repeating: 0, count: 960))
            painted += try await stage.paintAll(faces)
            #expect(painted == max(0, pieces - 2), "after \(pieces * 40) ms")
        }
        faces.finish()
        #expect(try await stage.paintAll(faces) == 2)
    }

    @Test func anUtteranceWithoutSpeechHasNoFrames() async throws {
        let stage = try await Stage(batchSize: 1)
        let faces = stage.faces()
        #expect(try await !faces.prepareAndPaint(into: stage.picture))
        faces.finish()
        #expect(try await !faces.prepareAndPaint(into: stage.picture))
    }

    /// The weights are random: no face could differ more from the person's own.
    @Test(arguments: [0, 13]) func theClipIsJoinedWithoutAJump(baseFrame: Int) async throws {
        let stage = try await Stage(batchSize: 4, loop: .thereAndBack)
        let avatar = stage.avatar
        let faces = stage.faces(atBaseFrame: baseFrame)
        faces.append([Int16](repeating: 0, count: 6 * 960))
        faces.finish()
        let pictures = try await stage.paint(faces)
        let clip = (0...avatar.frameCount).map { stage.baseFrame($0) }
        let limit = zip(clip, clip.dropFirst()).reduce(PictureDifference()) { $0.union(PictureDifference($1.0, $1.1)) }
        let first = try #require(pictures.first)
        let last = try #require(pictures.last)
        let before = PictureDifference(stage.baseFrame(baseFrame + avatar.frameCount - 1), first)
        let after = PictureDifference(last, stage.baseFrame(baseFrame + pictures.count))
        for seam in [before, after] {
            #expect(seam.mean <= 2 * limit.mean)
            #expect(seam.block <= 2 * limit.block)
        }
        let shown = pictures.enumerated().map { PictureDifference($1, stage.baseFrame(baseFrame + $0)).block }
        #expect(shown[2] > 2 * limit.block, "or this proves nothing")
        for (outer, inner) in [(0, 1), (1, 2), (5, 4), (4, 3)] {
            #expect(shown[outer] > 0 && shown[outer] < 0.9 * shown[inner], "it fades: \(shown)")
        }
    }

    /// The mouth stays as it was, and follows the head.
    @Test func forAFaceThatIsTooLateTheOneBeforeIsShown() async throws {
        let stage = try await Stage(batchSize: 4, maker: ScriptedMaker(late: [0, 5]))
        let faces = stage.faces(ScriptedConditioning(value: nil))
        faces.append([Int16](repeating: 0, count: 8 * 960))
        faces.finish()
        let pictures = try await stage.paint(faces)
        #expect(pictures.count == 8)
        #expect(PictureDifference(pictures[0], stage.baseFrame(0)).mean == 0, "the person's own mouth")
        for (frame, shown) in [(4, 4), (5, 4)] {
            let expected = stage.baseFrame(frame)
            let pixels = [UInt8](repeating: ScriptedMaker.brightness(shown), count: FaceCrop.byteCount)
            let brush = MuseTalkBrush(for: stage.avatar, face: stage.face)
            pixels.withUnsafeBufferPointer {
                brush.paint($0, onFilmedFrame: frame, of: stage.face, opacity: 256, into: expected)
            }
            #expect(PictureDifference(pictures[frame], expected).mean == 0, "frame \(frame)")
        }
    }

    @Test func whatTheConditioningThrowsEndsTheUtterance() async throws {
        let stage = try await Stage(batchSize: 1)
        let faces = stage.faces(ScriptedConditioning(failsAtFrame: 2))
        faces.append([Int16](repeating: 0, count: 9_600))
        faces.finish()
        await #expect(throws: ScriptedConditioning.Failure.self) { try await stage.paintAll(faces) }
    }

    @Test func aNumberThatIsNoneEndsTheUtteranceAndNoOther() async throws {
        let stage = try await Stage(batchSize: 4)
        let (broken, sound) = (stage.faces(ScriptedConditioning(value: .nan)), stage.faces())
        for faces in [broken, sound] {
            faces.append([Int16](repeating: 0, count: 1_920))
            faces.finish()
        }
        await #expect(throws: MuseTalkError.self) { try await stage.paintAll(broken) }
        #expect(try await stage.paintAll(sound) == 2)
    }

    /// Whoever interrupts drops the utterance while its next faces are being made.
    @Test func aDroppedUtteranceLeavesNothingBehind() async throws {
        let stage = try await Stage(batchSize: 4)
        weak var dropped: MuseTalkFaces?
        do {
            let faces = stage.faces()
            dropped = faces
            faces.append([Int16](repeating: 0, count: 20 * 960))
            for _ in 0..<3 { #expect(try await faces.prepareAndPaint(into: stage.picture)) }
        }
        #expect(dropped == nil)
        let next = stage.faces()
        next.append([Int16](repeating: 0, count: 960))
        next.finish()
        #expect(try await stage.paintAll(next) == 1)
    }

    @Test func aCancelledTaskStopsWaiting() async throws {
        let stage = try await Stage(batchSize: 1)
        let (avatar, face, maker) = (stage.avatar, stage.face, stage.maker)
        let work = Task {
            let faces = MuseTalkFaces(
                of: avatar, face: face, atBaseFrame: 0, maker: maker, batchSize: 4,
                conditioning: ScriptedConditioning())
            faces.append([Int16](repeating: 0, count: 1_000 * 960))
            faces.finish()
            let picture = PixelBuffer(width: avatar.width, height: avatar.height)
            while try await faces.prepareAndPaint(into: picture) {}
        }
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
    }
}

/// A real person and the small model.
private final class Stage {
    let avatar: Avatar
    let face: FilmedFace
    let maker: any FaceMaking
    let batchSize: Int
    let picture: PixelBuffer

    /// - Parameter maker: of faces; nil for the small model.
    init(batchSize: Int, loop: ClipLoop = .forward, maker: (any FaceMaking)? = nil) async throws {
        avatar = try await GoldenAvatar.load(loop: loop)
        face = try avatar.filmedFace(for: "musetalk")
        if let maker { self.maker = maker } else { self.maker = try await GoldenFaces.pool() }
        self.batchSize = batchSize
        picture = PixelBuffer(width: avatar.width, height: avatar.height)
    }

    func faces(
        atBaseFrame baseFrame: Int = 0, _ conditioning: ScriptedConditioning = ScriptedConditioning()
    ) -> MuseTalkFaces {
        MuseTalkFaces(
            of: avatar, face: face, atBaseFrame: baseFrame, maker: maker, batchSize: batchSize,
            conditioning: conditioning)
    }

    func faces(_ conditioning: ScriptedConditioning) -> MuseTalkFaces { faces(atBaseFrame: 0, conditioning) }

    /// Paints as many frames as can be painted now.
    func paint(_ faces: MuseTalkFaces) async throws -> [PixelBuffer] {
        var pictures: [PixelBuffer] = []
        while true {
            let picture = PixelBuffer(width: avatar.width, height: avatar.height)
            guard try await faces.prepareAndPaint(into: picture) else { return pictures }
            pictures.append(picture)
        }
    }

    /// Paints as many frames as can be painted now; how many they are.
    func paintAll(_ faces: MuseTalkFaces) async throws -> Int { try await paint(faces).count }

    func baseFrame(_ index: Int) -> PixelBuffer {
        let picture = PixelBuffer(width: avatar.width, height: avatar.height)
        avatar.copyBaseFrame(index, into: picture)
        return picture
    }
}
