import Avatars
import Foundation
import TestSupport
import Testing
import Video

/// The avatar that everybody sees first.
@Suite(.timeLimit(.minutes(10))) struct MiraTests {
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
        let brush = try mira.makeBrush()
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

    @Test func herFilesAreSmall() throws {
        let folder = try AvatarLibrary().locate("mira")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        let bytes = try files.reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
        #expect(files.count == 6)
        #expect((1...8 << 20).contains(bytes), "\(bytes) bytes")
    }

    /// The shapes that docs/images/mouth-shapes.png shows.
    private static let shapes: [(name: String, pose: MouthPose)] = [
        ("rest", .rest),
        ("M B P", MouthPose(aperture: -1)),
        ("AA", MouthPose(aperture: 0.92, spread: 0.1)),
        ("AE", MouthPose(aperture: 0.66, spread: 0.75)),
        ("EH", MouthPose(aperture: 0.45, spread: 0.4)),
        ("IH", MouthPose(aperture: 0.28, spread: 0.5, teeth: 0.3)),
        ("EE", MouthPose(aperture: 0.24, spread: 1, teeth: 0.75)),
        ("OH", MouthPose(aperture: 0.55, spread: -0.65)),
        ("OO", MouthPose(aperture: 0.26, spread: -0.95)),
        ("W", MouthPose(aperture: 0.1, spread: -1)),
        ("UH", MouthPose(aperture: 0.38)),
        ("F V", MouthPose(aperture: 0.08, spread: 0.15, teeth: 1)),
        ("S Z", MouthPose(aperture: 0.18, spread: 0.4, teeth: 1)),
        ("CH SH", MouthPose(aperture: 0.26, spread: -0.55, teeth: 1)),
        ("L", MouthPose(aperture: 0.42, spread: 0.15, tongue: 1)),
        ("TH D N", MouthPose(aperture: 0.22, spread: 0.1, teeth: 0.3, tongue: 1)),
    ]

    @Test func sheHasTwelveClearlyDifferentMouthShapes() async throws {
        let mira = try await AvatarLibrary().load("mira")
        let brush = try mira.makeBrush()
        var noise = 0.0
        var shown: [(name: String, mouth: [UInt8])] = []
        for (name, pose) in Self.shapes {
            let picture = PixelBuffer(width: mira.width, height: mira.height)
            mira.paint(pose, onBaseFrame: 0, into: picture, using: brush)
            let decoded = try #require(try decode([H264Encoder(mira.encoding).encode(picture)]).first)
            let (mouth, decodedMouth) = (picture.cut(Self.mouth), decoded.cut(Self.mouth))
            noise = max(noise, meanDifference(mouth, decodedMouth))
            shown.append((name, decodedMouth))
        }
        // What a visitor sees is decoded: two shapes differ clearly if the codec alone never makes nearly as much.
        var different: [(name: String, mouth: [UInt8])] = []
        for shape in shown {
            let isNew = different.allSatisfy { meanDifference($0.mouth, shape.mouth) > max(2, 2.5 * noise) }
            if isNew { different.append(shape) }
        }
        #expect(different.count >= 12, "\(different.map(\.name))")
    }

    @Test func sheBlinksAtIntervalsThatDiffer() async throws {
        let mira = try await AvatarLibrary().load("mira")
        let picture = PixelBuffer(width: mira.width, height: mira.height)
        // A closed eye shows neither iris nor pupil: the share of dark pixels dips.
        let darkness = (0..<mira.frameCount).map { index in
            mira.copyBaseFrame(index, into: picture)
            return Double(picture.cut(Self.eyes).count { $0 < 93 })
        }
        let usual = darkness.sorted()[darkness.count / 2]
        let isClosed = darkness.map { $0 < 0.7 * usual }
        let blinks = isClosed.indices.filter { isClosed[$0] && !isClosed[($0 + isClosed.count - 1) % isClosed.count] }
        #expect(blinks.count >= 2)
        let nextBlinks = blinks.dropFirst() + blinks.prefix(1).map { $0 + mira.frameCount }
        let intervals = zip(blinks, nextBlinks).map { $1 - $0 }
        #expect(Set(intervals).count > 1, "\(intervals)")
        // People blink every two to ten seconds, and for less than half of one.
        #expect(intervals.allSatisfy { (50...250).contains($0) }, "\(intervals)")
        #expect(isClosed.count { $0 } < blinks.count * 12)
    }

    /// Where the lips are in frame 0, in pixels.
    private static let mouth = (columns: 200..<320, rows: 250..<350)
    /// Where the eyes are in every frame, in pixels.
    private static let eyes = (columns: 182..<336, rows: 173..<218)

    private func meanDifference(_ a: [UInt8], _ b: [UInt8]) -> Double {
        Double(zip(a, b).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(a.count)
    }

    @Test func herMouthIsDrawnWhereHerMouthIs() async throws {
        let mira = try await AvatarLibrary().load("mira")
        let (base, open) = (
            PixelBuffer(width: mira.width, height: mira.height), PixelBuffer(width: mira.width, height: mira.height)
        )
        let brush = try mira.makeBrush()
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
            // Nothing above the nose changes, nor anything below the shadow that the chin throws on the neck.
            #expect(top > mira.height * 2 / 5 && bottom < mira.height * 7 / 9, "frame \(index): rows \(top)…\(bottom)")
        }
    }
}
