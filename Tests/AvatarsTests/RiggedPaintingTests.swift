import Avatars
import Foundation
import TestSupport
import Testing
import Video

/// Painting the tiny bundle's clip, behind whose lips each part has a colour of its own.
@Suite(.timeLimit(.minutes(10))) struct RiggedPaintingTests {
    private let bundle: TinyBundle
    private let avatar: Avatar

    init() async throws {
        bundle = try TinyBundle()
        avatar = try await Avatar.load(from: bundle.folder)
    }

    /// How much is seen between the lips.
    private func opening(_ mouth: MouthShape, atBaseFrame index: Int = 0) throws -> Double {
        TinyFace.opening(of: try avatar.painted(FacePose(mouth: mouth), atBaseFrame: index))
    }

    private static let wide = MouthShape(jaw: 1, upperLip: 1, lowerLip: 1)

    @Test func restIsTheClipItself() throws {
        for index in [0, 7, 22, 23, 1_000_000] {
            let picture = try avatar.painted(.rest, atBaseFrame: index)
            #expect(picture.byteArray == avatar.baseFrame(index).byteArray)
        }
    }

    @Test func theMouthOpensBetweenTheLips() throws {
        // The clip must show none of it, or this proves nothing.
        #expect(TinyFace.inside(in: avatar.baseFrame()).isEmpty)
        let seen = TinyFace.inside(in: try avatar.painted(FacePose(mouth: Self.wide)))
        #expect(seen.count > 40)
        // From the upper lip to above the lowered chin, between the corners of the mouth.
        #expect(seen.allSatisfy { (48...80).contains($0.x) && (106...134).contains($0.y) })
    }

    @Test func theLowerTheJawTheMoreIsSeen() throws {
        let openings = try (0...20).map { try opening(MouthShape(jaw: Float($0) / 20)) }
        #expect(openings[0] == 0)
        // Of a slit that is thinner than a pixel, a little more or less may be brighter than lips.
        #expect(zip(openings, openings.dropFirst()).allSatisfy { $0 <= $1 + 5 }, "\(openings)")
        #expect(openings[20] > 3 * openings[5], "\(openings)")
    }

    @Test func eachLipOpensTheMouth() throws {
        #expect(try opening(MouthShape(upperLip: 1)) > 0)
        #expect(try opening(MouthShape(lowerLip: 1)) > 0)
    }

    @Test func pressedLipsCloseTheMouthWhateverTheJawDoes() throws {
        var pressed = Self.wide
        pressed.closure = 1
        #expect(try opening(pressed) == 0)
        pressed.closure = 0.5
        #expect(try opening(pressed) < opening(Self.wide))
    }

    @Test func teethOnTheLipHoldIt() throws {
        #expect(try opening(MouthShape(jaw: 0.6, bite: 1)) < opening(MouthShape(jaw: 0.6)) / 2)
    }

    @Test func roundedLipsAreNarrowAndPulledOnesWide() throws {
        func width(_ mouth: MouthShape) throws -> Double {
            let seen = TinyFace.inside(in: try avatar.painted(FacePose(mouth: mouth))).map(\.x)
            return (seen.max() ?? 0) - (seen.min() ?? 0)
        }
        let usual = try width(MouthShape(jaw: 0.6))
        #expect(try width(MouthShape(jaw: 0.6, rounding: 1)) < usual - 3)
        #expect(try width(MouthShape(jaw: 0.6, width: 1)) > usual + 3)
    }

    @Test func aRaisedTongueIsHigher() throws {
        func tongue(_ raised: Float) throws -> Double {
            let seen = TinyFace.tongue(in: try avatar.painted(FacePose(mouth: MouthShape(jaw: 1, tongue: raised))))
            return seen.map(\.y).min() ?? .infinity
        }
        #expect(try tongue(1) < tongue(0.6))
        // Low, it is hidden behind the lower lip.
        #expect(try tongue(0.6) < 130 && tongue(0) == .infinity)
    }

    @Test func eyesCloseAndBrowsRise() throws {
        let (base, closed) = (avatar.baseFrame(), try avatar.painted(FacePose(head: HeadPose(lids: 1))))
        #expect(TinyFace.irises(in: base).count > 60)
        #expect(TinyFace.irises(in: closed).count < 15)
        let (low, high) = (
            TinyFace.browHeight(in: try avatar.painted(FacePose(head: HeadPose(brows: -1)))),
            TinyFace.browHeight(in: try avatar.painted(FacePose(head: HeadPose(brows: 1))))
        )
        // Up is less.
        #expect(high < TinyFace.browHeight(in: base) - 1 && low > TinyFace.browHeight(in: base) + 1)
    }

    @Test func theHeadNodsTurnsAndTilts() throws {
        func eyes(_ head: HeadPose) throws -> (left: SIMD2<Double>, right: SIMD2<Double>) {
            let irises = TinyFace.irises(in: try avatar.painted(FacePose(head: head)))
            let (left, right) = (irises.filter { $0.x < 64 }, irises.filter { $0.x > 64 })
            return (mean(left), mean(right))
        }
        let rest = try eyes(.rest)
        let (down, up) = (try eyes(HeadPose(nod: 1)), try eyes(HeadPose(nod: -1)))
        #expect(down.left.y > rest.left.y + 1 && up.left.y < rest.left.y - 1)
        let (right, left) = (try eyes(HeadPose(turn: 1)), try eyes(HeadPose(turn: -1)))
        #expect(right.left.x > rest.left.x + 1 && left.left.x < rest.left.x - 1)
        let (clockwise, counter) = (try eyes(HeadPose(tilt: 1)), try eyes(HeadPose(tilt: -1)))
        #expect(clockwise.right.y > clockwise.left.y + 1 && counter.right.y < counter.left.y - 1)
    }

    @Test func theMouthGoesWithTheHead() throws {
        func mouth(_ head: HeadPose) throws -> SIMD2<Double> {
            mean(TinyFace.inside(in: try avatar.painted(FacePose(mouth: MouthShape(jaw: 1), head: head))))
        }
        #expect(try mouth(HeadPose(turn: 1)).x > mouth(.rest).x + 1)
        #expect(try mouth(HeadPose(turn: -1)).x < mouth(.rest).x - 1)
        #expect(try mouth(HeadPose(nod: 1)).y > mouth(.rest).y + 1)
    }

    @Test func aMouthThatMovesLeavesTheEyesAlone() throws {
        let base = avatar.baseFrame()
        var random = SeededGenerator(seed: 3)
        for round in 0..<40 {
            let picture = try avatar.painted(FacePose(mouth: FacePose.random(using: &random).mouth))
            let eyes = (columns: 0..<TinyFace.width, rows: 0..<77)
            #expect(picture.cut(eyes) == base.cut(eyes), "round \(round)")
        }
    }

    @Test func nothingMovesBeyondTheSurroundings() throws {
        let box = try avatar.riggedFace(for: "test").surroundings(width: avatar.width, height: avatar.height)
        #expect(box.left > 0 && box.top > 0 && box.right < avatar.width && box.bottom < avatar.height)
        let base = avatar.baseFrame()
        var random = SeededGenerator(seed: 4)
        for round in 0..<40 {
            let picture = try avatar.painted(.random(using: &random))
            for (columns, rows) in [
                (0..<TinyFace.width, 0..<box.top), (0..<TinyFace.width, box.bottom..<TinyFace.height),
                (0..<box.left, 0..<TinyFace.height), (box.right..<TinyFace.width, 0..<TinyFace.height),
            ] {
                #expect(picture.cut((columns, rows)) == base.cut((columns, rows)), "round \(round)")
            }
        }
    }

    @Test func whatIsOutOfRangeIsTheNearestInRange() throws {
        func equal(_ a: FacePose, _ b: FacePose) throws -> Bool {
            try avatar.painted(a).byteArray == avatar.painted(b).byteArray
        }
        func mouth(_ shape: MouthShape) -> FacePose { FacePose(mouth: shape) }
        func head(_ pose: HeadPose) -> FacePose { FacePose(head: pose) }
        #expect(try equal(mouth(MouthShape(jaw: 9, width: -3)), mouth(MouthShape(jaw: 1))))
        #expect(try equal(mouth(MouthShape(jaw: .infinity, bite: -.infinity)), mouth(MouthShape(jaw: 1))))
        #expect(try equal(mouth(MouthShape(parts: SIMD8(repeating: .nan))), .rest))
        #expect(try equal(mouth(MouthShape(jaw: 1, tongue: 7)), mouth(MouthShape(jaw: 1, tongue: 1))))
        #expect(try equal(mouth(MouthShape(jaw: 1, tongue: .nan)), mouth(MouthShape(jaw: 1))))
        #expect(try equal(head(HeadPose(nod: 3, turn: -8)), head(HeadPose(nod: 1, turn: -1))))
        #expect(try equal(head(HeadPose(tilt: .infinity, brows: -.infinity)), head(HeadPose(tilt: 1, brows: -1))))
        #expect(try equal(head(HeadPose(nod: .nan, turn: .nan, tilt: .nan, brows: .nan, lids: .nan)), .rest))
        #expect(try equal(head(HeadPose(lids: -1)), .rest))
    }

    @Test func sessionsPaintTheSameAvatarAtTheSameTime() async throws {
        var random = SeededGenerator(seed: 6)
        let poses = (0..<8).map { _ in FacePose.random(using: &random) }
        let expected = try poses.map { try avatar.painted($0, atBaseFrame: 7).byteArray }
        let face = try avatar.riggedFace(for: "test")
        await withTaskGroup(of: Bool.self) { group in
            for (pose, expected) in zip(poses, expected) {
                group.addTask {
                    let (brush, picture) = (
                        face.makeBrush(), PixelBuffer(width: TinyFace.width, height: TinyFace.height)
                    )
                    return (0..<20).allSatisfy { round in
                        // What was painted before leaves nothing.
                        face.paint(poses[round % poses.count], atBaseFrame: round, into: picture, using: brush)
                        face.paint(pose, atBaseFrame: 7, into: picture, using: brush)
                        return picture.byteArray == expected
                    }
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}

/// The middle of some places.
func mean(_ places: [SIMD2<Double>]) -> SIMD2<Double> {
    places.reduce(SIMD2(0, 0), +) / Double(max(places.count, 1))
}
