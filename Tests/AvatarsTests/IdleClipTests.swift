import Avatars
import Foundation
import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct IdleClipTests {
    private let bundle: TinyBundle
    private let avatar: Avatar

    init() async throws {
        bundle = try TinyBundle()
        avatar = try await Avatar.load(from: bundle.folder)
    }

    @Test func everyFrameIsThereAndEveryTenthIsAKeyframe() {
        #expect(avatar.idle.count == TinyBundle.frames)
        #expect(avatar.frameCount == TinyBundle.frames)
        for (index, frame) in avatar.idle.enumerated() {
            #expect(frame.isKeyframe == index.isMultiple(of: Avatar.idleKeyframeInterval), "frame \(index)")
        }
    }

    @Test func itShowsTheClip() throws {
        let base = PixelBuffer(width: TinyFace.width, height: TinyFace.height)
        // From the start, and from each keyframe on, as a client would that starts there.
        for start in stride(from: 0, to: TinyBundle.frames, by: Avatar.idleKeyframeInterval) {
            let pictures = try decode(avatar.idle[start...])
            #expect(pictures.count == TinyBundle.frames - start)
            for (index, picture) in pictures.enumerated() {
                avatar.copyBaseFrame(start + index, into: base)
                #expect(picture.lumaDifference(to: base) < 2, "frame \(start + index)")
            }
        }
    }

    @Test func theLastFrameIsFollowedByTheFirst() throws {
        let pictures = try decode(avatar.idle + avatar.idle)
        #expect(pictures.count == 2 * TinyBundle.frames)
        let steps = (1..<TinyBundle.frames).map { pictures[$0].lumaDifference(to: pictures[$0 - 1]) }
        let seam = pictures[TinyBundle.frames].lumaDifference(to: pictures[TinyBundle.frames - 1])
        #expect(seam <= 2 * (steps.max() ?? 0))
        #expect(Array(pictures[TinyBundle.frames].bytes) == Array(pictures[0].bytes))
    }

    @Test func speechAndIdleClipHaveOneCodec() throws {
        let picture = PixelBuffer(width: TinyFace.width, height: TinyFace.height)
        let frame = try H264Encoder(avatar.encoding).encode(picture)
        #expect(avatar.preview.codec.hasPrefix("avc1.42C0"))
        #expect(frame.codec == avatar.preview.codec)
    }

    @Test func thePosterIsTheFirstFrame() throws {
        let file = bundle.file("poster.png")
        try Data(avatar.preview.poster).write(to: file)
        let picture = try #require(try VideoFileReader(file).read())
        let base = PixelBuffer(width: TinyFace.width, height: TinyFace.height)
        avatar.copyBaseFrame(0, into: base)
        #expect(picture.lumaDifference(to: base) < 1)
    }
}
