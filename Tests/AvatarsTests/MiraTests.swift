import Avatars
import Foundation
import Testing
import Video

/// The avatar that everybody sees first.
@Suite struct MiraTests {
    @Test func sheIsBuiltIn() {
        #expect(AvatarLibrary().list().contains { $0.id == "mira" && $0.name == "Mira" })
    }

    @Test func sheLoopsAndSpeaksWithoutASeam() async throws {
        let mira = try await AvatarLibrary().load("mira")
        #expect(mira.width >= 512 && mira.height >= 512)
        #expect(mira.fps == 25)
        let (a, b) = (
            PixelBuffer(width: mira.width, height: mira.height), PixelBuffer(width: mira.width, height: mira.height)
        )
        var largestStep = 0.0
        for index in 1..<mira.frameCount {
            mira.copyBaseFrame(index - 1, into: a)
            mira.copyBaseFrame(index, into: b)
            largestStep = max(largestStep, a.lumaDifference(to: b))
        }
        mira.copyBaseFrame(mira.frameCount - 1, into: a)
        mira.copyBaseFrame(0, into: b)
        #expect(a.lumaDifference(to: b) <= 2 * largestStep)

        // Both seams, as a client shows them: decoded idle frames around a decoded utterance of 20 frames, whose
        // mouth opens from nearly closed and closes again.
        let brush = mira.makeBrush()
        let encoder = try H264Encoder(mira.encoding)
        for start in [10, 125, mira.frameCount - 5] {
            let utterance = try (0..<20).map { index in
                let pose = MouthPose(aperture: 0.05 + 0.7 * sin(.pi * Float(index) / 19))
                mira.paint(pose, onBaseFrame: start + 1 + index, into: a, using: brush)
                return try encoder.encode(a, forceKeyframe: index == 0)
            }
            let spoken = try decode(utterance)
            #expect(try spoken[0].lumaDifference(to: idleFrame(start, of: mira)) <= 2 * largestStep)
            #expect(try spoken[19].lumaDifference(to: idleFrame(start + 21, of: mira)) <= 2 * largestStep)
        }
    }

    /// Frame `index` of the idle clip, decoded from the keyframe before it.
    private func idleFrame(_ index: Int, of avatar: Avatar) throws -> PixelBuffer {
        let index = index % avatar.frameCount
        let keyframe = index / Avatar.idleKeyframeInterval * Avatar.idleKeyframeInterval
        return try #require(try decode(avatar.idle[keyframe...index]).last)
    }

    @Test func herMouthIsDrawnWhereHerMouthIs() async throws {
        let mira = try await AvatarLibrary().load("mira")
        let (base, open) = (
            PixelBuffer(width: mira.width, height: mira.height), PixelBuffer(width: mira.width, height: mira.height)
        )
        let brush = mira.makeBrush()
        for index in stride(from: 0, to: mira.frameCount, by: 25) {
            mira.copyBaseFrame(index, into: base)
            mira.paint(MouthPose(aperture: 1), onBaseFrame: index, into: open, using: brush)
            var rows: [Int] = []
            for row in 0..<mira.height {
                let range = (row * mira.width)..<((row + 1) * mira.width)
                let changed = range.count { abs(Int(base.luma[$0]) - Int(open.luma[$0])) > 24 }
                if changed > 4 { rows.append(row) }
            }
            let (top, bottom) = (try #require(rows.first), try #require(rows.last))
            // Nothing above the nose or below the chin changes.
            #expect(top > mira.height * 2 / 5 && bottom < mira.height * 3 / 4, "frame \(index): rows \(top)…\(bottom)")
        }
    }
}
