import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct H264EncoderTests {
    @Test(.enabled(if: Recording.clip.exists))
    func aRealPersonLooksTheSameAfterDecoding() throws {
        let reader = try VideoFileReader(Recording.clip.url)
        let encoder = try H264Encoder(H264Settings(width: reader.width, height: reader.height))
        var originals: [PixelBuffer] = []
        var frames: [EncodedFrame] = []
        while originals.count < 30, let picture = try reader.read() {
            frames.append(try encoder.encode(picture))
            originals.append(picture)
        }
        let decoded = try decode(frames)
        #expect(decoded.count == 30)
        for (index, (original, picture)) in zip(originals, decoded).enumerated() {
            #expect(picture.lumaPSNR(against: original) > 37, "frame \(index)")
        }
    }

    @Test func theCallersPictureIsLeftAlone() throws {
        let encoder = try H264Encoder(H264Settings(width: 64, height: 48))
        let picture = PixelBuffer.scene(width: 64, height: 48, time: 0)
        let before = picture.byteArray
        _ = try encoder.encode(picture)
        _ = try encoder.encode(picture)
        #expect(picture.byteArray == before)
    }

    @Test func keyframesComeOnlyWhereTheyAreAskedFor() throws {
        let encoder = try H264Encoder(H264Settings(width: 64, height: 48))
        // Noise after noise: each picture is a scene cut, and 400 are more than x264's usual interval.
        for index in 0..<400 {
            let picture = PixelBuffer.noise(width: 64, height: 48, seed: UInt64(index % 7))
            let frame = try encoder.encode(picture, forceKeyframe: index == 123)
            #expect(frame.isKeyframe == (index == 0 || index == 123), "frame \(index)")
            #expect((frame.codec != nil) == frame.isKeyframe)
        }
    }

    @Test func decodingCanStartAtAnyKeyframe() throws {
        let encoder = try H264Encoder(H264Settings(width: 128, height: 96))
        let frames = try (0..<20).map { index in
            try encoder.encode(.scene(width: 128, height: 96, time: index), forceKeyframe: index == 10)
        }
        let whole = try decode(frames)
        let tail = try decode(frames[10...])
        #expect(whole.count == 20)
        #expect(tail.count == 10)
        for (index, picture) in tail.enumerated() { #expect(picture.byteArray == whole[10 + index].byteArray) }
    }

    @Test(arguments: [(512, 512, "avc1.42C01E"), (64, 48, "avc1.42C00A"), (1280, 720, "avc1.42C01F")])
    func theCodecStringIsBaselineAtTheLevelOfTheSize(width: Int, height: Int, codec: String) throws {
        let encoder = try H264Encoder(H264Settings(width: width, height: height))
        let frame = try encoder.encode(PixelBuffer(width: width, height: height))
        #expect(frame.codec == codec)
    }

    @Test func theStreamSaysThatItIsBT709() throws {
        let folder = try TemporaryFolder()
        let encoder = try H264Encoder(H264Settings(width: 64, height: 48))
        let frame = try encoder.encode(.scene(width: 64, height: 48, time: 0))
        let stream = try #require(try Probe.streams(of: folder.file("stream.h264", frame.data)).first)
        #expect(stream["color_space"] == "bt709")
        #expect(stream["color_transfer"] == "bt709")
        #expect(stream["color_primaries"] == "bt709")
        #expect(stream["color_range"] == "tv")
        #expect(stream["profile"] == "Constrained Baseline")
        #expect(stream["has_b_frames"] == "0")
    }

    @Test func impossibleSettingsAreNamed() {
        let odd = H264Settings(width: 63, height: 48)
        let error = #expect(throws: H264Encoder.Failure.self) { try H264Encoder(odd) }
        #expect(error?.description.contains("63×48") == true)
        for settings in [
            H264Settings(width: 0, height: 0), H264Settings(width: 64, height: 48, fps: 0),
            H264Settings(width: 64, height: 48, quality: 52), H264Settings(width: 100_000, height: 48),
        ] {
            #expect(throws: H264Encoder.Failure.self) { try H264Encoder(settings) }
        }
    }

    @Test func aPictureOfAnotherSizeIsRefusedAndTheNextIsTaken() throws {
        let settings = H264Settings(width: 64, height: 48)
        let encoder = try H264Encoder(settings)
        #expect(throws: H264Encoder.Failure.pictureSize(width: 32, height: 32, expected: settings)) {
            try encoder.encode(PixelBuffer(width: 32, height: 32))
        }
        #expect(try encoder.encode(PixelBuffer(width: 64, height: 48)).isKeyframe)
    }
}
