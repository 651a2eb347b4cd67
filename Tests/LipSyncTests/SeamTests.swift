import Audio
import Avatars
import LipSync
import TestSupport
import Testing
import Video

/// Where speech begins and ends, the picture must not jump.
@Suite(.timeLimit(.minutes(10))) struct SeamTests {
    /// Loudest at its first and its last sample: the hardest to join.
    @Test(.enabled(if: Recording.english.exists), arguments: Reader.allCases, [0, 60, 125, 249])
    func utterancesJoinTheClipWithoutAJump(reader: Reader, baseFrame: Int) async throws {
        let avatar = try await Mira.avatar()
        let recording = try AudioFileReader(Recording.english.url).readAll()
        let shapes = try await shapes(of: recording, by: reader)
        let loud = (100..<1_400).filter { shapes[$0].jaw > 0.6 }
        let (first, last) = (try #require(loud.first { $0 > 200 }), try #require(loud.last))
        let speech = Array(recording[((first - 1) * 960)..<(last * 960 + 480)])

        let faces = try VisemeEngine(reader == .network ? LipNetwork() : nil).startUtterance(
            of: avatar, atBaseFrame: baseFrame)
        faces.append(speech)
        faces.finish()
        let picture = PixelBuffer(width: avatar.width, height: avatar.height)
        let opening = PixelBuffer(width: avatar.width, height: avatar.height)
        #expect(try await faces.prepareNextFrame(within: nil))
        faces.paintNextFrame(into: opening)
        picture.copy(from: opening)
        var frames = 1
        while try await faces.prepareNextFrame(within: nil) {
            faces.paintNextFrame(into: picture)
            frames += 1
        }

        let limit = Self.largestStep(of: avatar)
        let before = Self.difference(from: avatar, baseFrame + avatar.frameCount - 1, to: opening)
        let after = Self.difference(from: avatar, baseFrame + frames, to: picture)
        #expect(before.mean <= 2 * limit.mean)
        #expect(before.block <= 2 * limit.block)
        #expect(after.mean <= 2 * limit.mean)
        #expect(after.block <= 2 * limit.block)
    }

    private static func largestStep(of avatar: Avatar) -> PictureDifference {
        let picture = PixelBuffer(width: avatar.width, height: avatar.height)
        return (0..<avatar.frameCount).reduce(PictureDifference()) { largest, index in
            avatar.copyBaseFrame(index + 1, into: picture)
            return largest.union(difference(from: avatar, index, to: picture))
        }
    }

    private static func difference(from avatar: Avatar, _ index: Int, to picture: PixelBuffer) -> PictureDifference {
        let base = PixelBuffer(width: avatar.width, height: avatar.height)
        avatar.copyBaseFrame(index, into: base)
        return PictureDifference(base, picture)
    }
}
