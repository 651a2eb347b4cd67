import Avatars
import Foundation
import TestSupport
import Testing
import Video

/// What a face over a single picture does while nothing is said.
@Suite(.timeLimit(.minutes(10))) struct RiggedIdleTests {
    private let bundle: TinyBundle
    private let avatar: Avatar
    private let pictures: [PixelBuffer]

    init() async throws {
        bundle = try TinyBundle(.picture)
        let avatar = try await Avatar.load(from: bundle.folder)
        self.avatar = avatar
        pictures = (0..<avatar.frameCount).map(avatar.baseFrame)
    }

    /// How open the eyes are in each frame.
    private var irises: [Int] { pictures.map { TinyFace.irises(in: $0).count } }

    @Test func itMovesAllTheTime() {
        #expect(avatar.frameCount == 250)
        // In pauses of a sway as well: no face stands still for a second.
        for first in 0..<(pictures.count - 25) {
            #expect(pictures[first].lumaDifference(to: pictures[first + 25]) > 0.05, "frame \(first)")
        }
    }

    @Test func itBlinksAtIntervalsThatDiffer() {
        let irises = irises
        let usual = irises.sorted()[irises.count / 2]
        let isClosed = irises.map { $0 < usual / 4 }
        let blinks = isClosed.indices.filter { isClosed[$0] && !isClosed[($0 + isClosed.count - 1) % isClosed.count] }
        #expect(blinks.count == 3)
        let nextBlinks = blinks.dropFirst() + blinks.prefix(1).map { $0 + isClosed.count }
        let intervals = zip(blinks, nextBlinks).map { $1 - $0 }
        #expect(Set(intervals).count > 1, "\(intervals)")
        // People blink every two to ten seconds, and for less than half of one.
        #expect(intervals.allSatisfy { (50...250).contains($0) }, "\(intervals)")
        #expect(isClosed.count { $0 } < blinks.count * 12)
    }

    @Test func itLoopsWithoutASeam() {
        let steps = zip(pictures, pictures.dropFirst()).map { PictureDifference($0, $1) }
        let seam = PictureDifference(pictures[pictures.count - 1], pictures[0])
        // Blinks are sudden: beside a usual step, which is smaller, a seam would be seen.
        let usual = steps.map(\.mean).sorted()[steps.count / 2]
        #expect(seam.mean <= 2 * usual, "\(seam) beside \(usual)")
        let largest = steps.reduce(PictureDifference()) { $0.union($1) }
        #expect(seam.block <= 2 * largest.block)
    }

    @Test func itIsKnownWhenItBlinks() throws {
        let face = try avatar.riggedFace(for: "test")
        let irises = irises
        let blink = try #require(irises.indices.min { irises[$0] < irises[$1] })
        #expect(face.blinks(in: blink...blink))
        #expect(face.blinks(in: (blink - 5)...(blink + 5)))
        // It loops, in both directions.
        #expect(face.blinks(in: (blink + 250)...(blink + 250)) && face.blinks(in: (blink - 250)...(blink - 250)))
        #expect(!face.blinks(in: (blink + 12)...(blink + 20)))
    }

    @Test func theIdleClipShowsIt() throws {
        let shown = try decode(avatar.idle)
        #expect(shown.count == avatar.frameCount)
        for index in stride(from: 0, to: shown.count, by: 7) {
            #expect(shown[index].lumaDifference(to: pictures[index]) < 2, "frame \(index)")
        }
    }

    @Test func itIsTheSameInEveryRound() {
        for index in [0, 31, 118, 249] {
            #expect(avatar.baseFrame(index + 250).byteArray == pictures[index].byteArray)
        }
    }

    @Test func speechIsAddedToIt() throws {
        // At rest there is nothing but the idle movement.
        let rest = try avatar.painted(.rest, atBaseFrame: 60)
        #expect(rest.byteArray == pictures[60].byteArray)
        // In the middle of a blink, eyes that are to be closed stay as they are.
        let blink = try #require(irises.indices.min { irises[$0] < irises[$1] })
        let closed = try avatar.painted(FacePose(head: HeadPose(lids: 0.5)), atBaseFrame: blink)
        #expect(closed.byteArray == pictures[blink].byteArray)
        // What comes with Visavis is seen between the lips: dark, and a little of teeth.
        let open = try avatar.painted(FacePose(mouth: MouthShape(jaw: 1)), atBaseFrame: 60)
        let mouth = (columns: 48..<80, rows: 110..<134)
        #expect(rest.cut(mouth).count { $0 < 55 } == 0)
        #expect(open.cut(mouth).count { $0 < 55 } > 60)
    }

    @Test func thePosterIsThePicture() throws {
        let file = bundle.file("poster.png")
        try Data(avatar.preview.poster).write(to: file)
        let poster = try #require(try VideoFileReader(file).read())
        #expect(poster.lumaDifference(to: TinyFace.picture()) < 1)
    }
}
