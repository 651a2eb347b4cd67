import Avatars
import Foundation
import TestSupport
import Testing
import Video

/// Faces that change little by little, with the pose or with the clip.
@Suite(.timeLimit(.minutes(10))) struct RiggedMotionTests {
    private let bundle: TinyBundle
    private let avatar: Avatar

    init() async throws {
        bundle = try TinyBundle()
        avatar = try await Avatar.load(from: bundle.folder)
    }

    private static let poses = [
        FacePose(mouth: MouthShape(jaw: 1, upperLip: 1, lowerLip: 1)), FacePose(mouth: MouthShape(jaw: 1, rounding: 1)),
        FacePose(mouth: MouthShape(width: 1, upperLip: 1)), FacePose(mouth: MouthShape(closure: 1)),
        FacePose(mouth: MouthShape(bite: 1)), FacePose(head: HeadPose(nod: 1, turn: -1, tilt: 1)),
        FacePose(head: HeadPose(brows: 1, lids: 1)),
        FacePose(mouth: MouthShape(jaw: 0.5, width: 0.4), head: HeadPose(nod: -0.5, turn: 0.6, brows: 0.5, lids: 0.5)),
    ]

    @Test(arguments: poses.indices) func nothingPopsOnTheWayToRest(index: Int) throws {
        let (pose, steps) = (Self.poses[index], 512)
        let face = try avatar.riggedFace(for: "test")
        let brush = face.makeBrush()
        var (last, next) = (try avatar.painted(pose), try avatar.painted(pose))
        var largest = PictureDifference()
        var mostJumps = 0
        for step in (0..<steps).reversed() {
            let share = Float(step) / Float(steps)
            var now = FacePose(
                mouth: MouthShape(parts: pose.mouth.parts * share),
                head: HeadPose(
                    nod: pose.head.nod * share, turn: pose.head.turn * share, tilt: pose.head.tilt * share))
            (now.head.brows, now.head.lids) = (pose.head.brows * share, pose.head.lids * share)
            face.paint(now, atBaseFrame: 0, into: next, using: brush)
            largest = largest.union(PictureDifference(last, next))
            mostJumps = max(mostJumps, zip(last.luma, next.luma).count { abs(Int($0) - Int($1)) > 30 })
            swap(&last, &next)
        }
        #expect(last.byteArray == avatar.baseFrame().byteArray)
        #expect(largest.block <= 1, "\(largest)")
        // Where lips part, in the corners, single pixels turn from skin to what is behind it. Eyes are squeezed into a line
        // as they close: a row of pixels shows now this of them and now that.
        if pose.head.lids == 0 { #expect(mostJumps <= 4) }
    }

    @Test func theMouthFollowsTheAnchors() throws {
        for index in [0, 3, 6, 12, 17, 23, 26] {
            let picture = try avatar.painted(FacePose(mouth: MouthShape(jaw: 1)), atBaseFrame: index)
            let middle = mean(TinyFace.inside(in: picture))
            #expect(abs(middle.x - TinyBundle.anchor(index % TinyBundle.frames)[0]) < 1, "frame \(index)")
            #expect((112...124).contains(middle.y))
        }
    }

    @Test func itIsAsLargeAndAsTurnedAsTheAnchorsSay() async throws {
        /// How far what is seen is spread along the lips, and how they are turned: its longest axis.
        func axis(_ anchor: [Double]) async throws -> (spread: Double, angle: Double) {
            let bundle = try TinyBundle()
            try bundle.change("clip.anchors.0", to: anchor)
            let avatar = try await Avatar.load(from: bundle.folder)
            let seen = TinyFace.inside(in: try avatar.painted(FacePose(mouth: MouthShape(jaw: 0.7))))
            let ways = seen.map { $0 - mean(seen) }
            let (xx, yy, xy) = ways.reduce((0, 0, 0)) { sum, way in
                (sum.0 + way.x * way.x, sum.1 + way.y * way.y, sum.2 + way.x * way.y)
            }
            return (((xx + yy) / Double(max(ways.count, 1))).squareRoot(), atan2(2 * xy, xx - yy) / 2)
        }
        let upright = try await axis([64, 112, 1, 0])
        #expect(abs(upright.angle) < 0.03)
        #expect(abs(try await axis([64, 112, 1.5, 0]).spread / upright.spread - 1.5) < 0.1)
        // Clockwise on the screen.
        for angle in [0.5, -0.3] { #expect(abs(try await axis([64, 112, 1, angle]).angle - angle) < 0.08) }
    }

    @Test func aClipThatGoesThereAndBackShowsTheSameBackwards() async throws {
        let bundle = try TinyBundle()
        try bundle.change("clip.loop", to: "there_and_back")
        let avatar = try await Avatar.load(from: bundle.folder)
        #expect(avatar.frameCount == 2 * TinyBundle.frames)
        let pose = FacePose(mouth: MouthShape(jaw: 1))
        for index in [0, 5, 22] {
            let back = 2 * TinyBundle.frames - 1 - index
            let (first, second) = (
                try avatar.painted(pose, atBaseFrame: index), try avatar.painted(pose, atBaseFrame: back)
            )
            #expect(first.byteArray == second.byteArray)
        }
    }

    @Test func eyesThatAreClosedInTheClipAreNotClosedOnceMore() async throws {
        let bundle = try TinyBundle()
        var lids = [Float](repeating: 0, count: TinyBundle.frames)
        (lids[6], lids[7], lids[8]) = (0.5, 1, 0.5)
        try bundle.change("clip.lids", to: lids)
        let avatar = try await Avatar.load(from: bundle.folder)
        func blinking(_ share: Float, _ index: Int) throws -> [UInt8] {
            try avatar.painted(FacePose(head: HeadPose(lids: share)), atBaseFrame: index).byteArray
        }
        #expect(try blinking(1, 7) == avatar.baseFrame(7).byteArray)
        #expect(try blinking(1, 7 + TinyBundle.frames) == avatar.baseFrame(7).byteArray)
        #expect(try blinking(1, 5) != avatar.baseFrame(5).byteArray)
        // Half closed in the clip, they are closed by the other half.
        let open = try self.avatar.painted(FacePose(head: HeadPose(lids: 0.5)), atBaseFrame: 6)
        #expect(try blinking(1, 6) == open.byteArray)
        #expect(try avatar.riggedFace(for: "test").blinks(in: 5...7))
        #expect(try !avatar.riggedFace(for: "test").blinks(in: 9...20))
        // The mouth does not mind.
        let pose = FacePose(mouth: MouthShape(jaw: 1), head: HeadPose(lids: 1))
        #expect(!TinyFace.inside(in: try avatar.painted(pose, atBaseFrame: 7)).isEmpty)
    }
}
