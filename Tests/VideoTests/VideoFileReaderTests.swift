import Foundation
import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct VideoFileReaderTests {
    @Test(.enabled(if: Recording.clip.exists))
    func aRealClipIsReadToItsEnd() throws {
        let reader = try VideoFileReader(Recording.clip.url, threads: 2)
        #expect(reader.width == 576)
        #expect(reader.height == 768)
        #expect(reader.frameRate == 25)
        let picture = PixelBuffer(width: 576, height: 768)
        var count = 0
        while try reader.read(into: picture) { count += 1 }
        let probed = try Probe.streams(of: Recording.clip.url).first?["nb_frames"]
        #expect("\(count)" == probed)
        let last = picture.byteArray
        #expect(try !reader.read(into: picture))
        #expect(picture.byteArray == last)
        #expect(Set(last).count > 100)
    }

    @Test(.enabled(if: Recording.clip.exists))
    func ofAStreamCutInHalfTheFirstHalfIsRead() throws {
        let reader = try VideoFileReader(Recording.clip.url)
        let encoder = try H264Encoder(H264Settings(width: reader.width, height: reader.height))
        var stream: [UInt8] = []
        for _ in 0..<10 { stream += try encoder.encode(#require(try reader.read())).data }
        let decoded = try decode([EncodedFrame(data: Array(stream.prefix(stream.count / 2)), isKeyframe: true)])
        #expect((1..<10).contains(decoded.count))
    }

    @Test func anOddSizeLosesItsLastColumnAndRow() throws {
        let folder = try TemporaryFolder()
        var image = RGBAImage(width: 33, height: 21, pixels: [UInt8](repeating: 255, count: 33 * 21 * 4))
        for y in 0..<21 { for c in 0..<3 { image.pixels[(y * 33 + 32) * 4 + c] = 0 } }
        let reader = try VideoFileReader(folder.file("odd.png", PNG.encode(image)))
        #expect(reader.width == 32)
        #expect(reader.height == 20)
        let picture = try #require(try reader.read())
        #expect(picture.luma.allSatisfy { $0 == 235 })
        #expect(try reader.read() == nil)
    }

    @Test(
        arguments: [
            ([255, 0, 0], 63, 102, 240), ([0, 255, 0], 173, 42, 26), ([0, 0, 255], 32, 240, 118),
            ([255, 255, 255], 235, 128, 128), ([0, 0, 0], 16, 128, 128),
        ] as [([UInt8], Int, Int, Int)])
    func coloursAreBT709(rgb: [UInt8], y: Int, u: Int, v: Int) throws {
        let folder = try TemporaryFolder()
        let pixels = Array([[UInt8]](repeating: rgb + [255], count: 64).joined())
        let file = try folder.file("colour.png", PNG.encode(RGBAImage(width: 8, height: 8, pixels: pixels)))
        let picture = try #require(try VideoFileReader(file).read())
        #expect(picture.luma.allSatisfy { abs(Int($0) - y) <= 1 })
        #expect(picture.u.allSatisfy { abs(Int($0) - u) <= 1 })
        #expect(picture.v.allSatisfy { abs(Int($0) - v) <= 1 })
        // And back.
        let image = try RGBAImage(contentsOf: folder.file("back.png", PNG.encode(picture)))
        #expect(zip(image.pixels, pixels).allSatisfy { abs(Int($0) - Int($1)) <= 3 })
    }

    @Test func pngKeepsEveryPixel() throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 1)
        let pixels = (0..<(50 * 37 * 4)).map { _ in UInt8.random(in: 0...255, using: &random) }
        let image = RGBAImage(width: 50, height: 37, pixels: pixels)
        #expect(try RGBAImage(contentsOf: folder.file("image.png", PNG.encode(image))) == image)
    }

    @Test func aMissingFileIsNamed() {
        let error = #expect(throws: VideoFileError.self) { try VideoFileReader(URL(filePath: "/nowhere/clip.mp4")) }
        #expect(error?.description.hasPrefix("/nowhere/clip.mp4: No such file") == true)
    }

    @Test(.enabled(if: Recording.english.exists))
    func speechHasNoPictures() {
        #expect(throws: VideoFileError.noPictures(file: Recording.english.url.path)) {
            try VideoFileReader(Recording.english.url)
        }
    }

    @Test func notAVideo() throws {
        let folder = try TemporaryFolder()
        #expect(throws: VideoFileError.self) { try VideoFileReader(folder.url) }
        for (index, text) in ["", "not a clip", String(repeating: "words and words\n", count: 4_000)].enumerated() {
            let file = try folder.file("\(index).mp4", text.utf8)
            let error = #expect(throws: VideoFileError.self) {
                let reader = try VideoFileReader(file)
                while try reader.read() != nil {}
            }
            #expect(error?.description.contains(file.path) == true)
        }
    }

    @Test func damagedStreamsNeverCrash() throws {
        let encoder = try H264Encoder(H264Settings(width: 64, height: 48))
        let stream = try (0..<8).flatMap { try encoder.encode(.scene(width: 64, height: 48, time: $0)).data }
        for seed in 0..<60 {
            var random = SeededGenerator(seed: UInt64(seed))
            var damaged = stream
            for _ in 0..<(1 + seed % 12) {
                damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                let pictures = try decode([EncodedFrame(data: damaged, isKeyframe: true)])
                #expect(pictures.count <= 16)
            } catch {
                #expect(error is VideoFileError)
            }
        }
    }
}
