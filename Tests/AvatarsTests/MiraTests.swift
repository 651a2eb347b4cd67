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
        let encoder = try H264Encoder(mira.encoding)
        for start in [10, 125, mira.frameCount - 5] {
            let utterance = try (0..<20).map { index in
                let pose = FacePose(mouth: MouthShape(jaw: 0.05 + 0.7 * sin(.pi * Float(index) / 19)))
                let picture = try mira.painted(pose, atBaseFrame: start + 1 + index)
                return try encoder.encode(picture, forceKeyframe: index == 0)
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
        #expect(files.count == 5)
        #expect((1...8 << 20).contains(bytes), "\(bytes) bytes")
    }

    /// Mouths of speech: those of the sheet that `visavis avatar inspect --sheet` writes.
    private static let shapes: [(name: String, mouth: MouthShape)] = [
        ("rest", .rest),
        ("M B P", MouthShape(closure: 1)),
        ("AA", MouthShape(jaw: 0.75, width: 0.1, upperLip: 0.3, lowerLip: 0.3)),
        ("AE", MouthShape(jaw: 0.55, width: 0.6, upperLip: 0.5, lowerLip: 0.4)),
        ("EH", MouthShape(jaw: 0.38, width: 0.4, upperLip: 0.4, lowerLip: 0.3)),
        ("IH", MouthShape(jaw: 0.22, width: 0.5, upperLip: 0.4, lowerLip: 0.4)),
        ("EE", MouthShape(jaw: 0.16, width: 1, upperLip: 0.55, lowerLip: 0.5)),
        ("OH", MouthShape(jaw: 0.45, rounding: 0.7, upperLip: 0.2, lowerLip: 0.2)),
        ("OO", MouthShape(jaw: 0.18, rounding: 1, upperLip: 0.2, lowerLip: 0.3)),
        ("W", MouthShape(jaw: 0.06, rounding: 1, upperLip: 0.1, lowerLip: 0.2)),
        ("UH", MouthShape(jaw: 0.32, upperLip: 0.2, lowerLip: 0.3)),
        ("F V", MouthShape(jaw: 0.08, width: 0.15, upperLip: 0.5, bite: 1)),
        ("S Z", MouthShape(jaw: 0.06, width: 0.45, upperLip: 0.7, lowerLip: 0.8)),
        ("CH SH", MouthShape(jaw: 0.1, rounding: 0.6, upperLip: 0.8, lowerLip: 0.8)),
        ("L", MouthShape(jaw: 0.34, width: 0.2, upperLip: 0.3, lowerLip: 0.3, tongue: 1)),
        ("TH D N", MouthShape(jaw: 0.2, width: 0.2, upperLip: 0.4, lowerLip: 0.4, tongue: 0.8)),
    ]

    @Test func sheHasTwelveClearlyDifferentMouthShapes() async throws {
        let mira = try await AvatarLibrary().load("mira")
        var noise = 0.0
        var shown: [(name: String, mouth: [UInt8])] = []
        for (name, mouth) in Self.shapes {
            let picture = try mira.painted(FacePose(mouth: mouth))
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

    /// Rows in which something changes that can be seen.
    private func changedRows(_ mouth: MouthShape, _ index: Int, of avatar: Avatar) throws -> [Int] {
        let base = avatar.baseFrame(index)
        let picture = try avatar.painted(FacePose(mouth: mouth), atBaseFrame: index)
        return (0..<avatar.height).filter { row in
            let range = (row * avatar.width)..<((row + 1) * avatar.width)
            return range.count { abs(Int(base.luma[$0]) - Int(picture.luma[$0])) > 24 } > 4
        }
    }

    @Test func herMouthOpensWhereHerMouthIs() async throws {
        let mira = try await AvatarLibrary().load("mira")
        for index in stride(from: 0, to: mira.frameCount, by: 25) {
            let rows = try changedRows(MouthShape(jaw: 1, upperLip: 0.5, lowerLip: 0.5), index, of: mira)
            let (top, bottom) = (try #require(rows.first), try #require(rows.last))
            // Nothing above the nose changes, nor anything below the neck, which goes with the chin.
            #expect(top > mira.height * 2 / 5 && bottom < mira.height * 4 / 5, "frame \(index): rows \(top)…\(bottom)")
        }
    }

    @Test func sheBlinksWhileSheSpeaksToo() async throws {
        let mira = try await AvatarLibrary().load("mira")
        let (open, closed) = (mira.baseFrame(), try mira.painted(FacePose(head: HeadPose(lids: 1))))
        let dark = { (picture: PixelBuffer) in picture.cut(Self.eyes).count { $0 < 93 } }
        #expect(Double(dark(closed)) < 0.7 * Double(dark(open)))
        // Where her eyes are closed already they are left as they are.
        let blink = try #require(
            (0..<mira.frameCount).min { dark(mira.baseFrame($0)) < dark(mira.baseFrame($1)) })
        let twice = try mira.painted(FacePose(head: HeadPose(lids: 1)), atBaseFrame: blink)
        #expect(PictureDifference(twice, mira.baseFrame(blink)).block < 4)
    }
}
