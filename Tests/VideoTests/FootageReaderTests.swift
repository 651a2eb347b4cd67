import Foundation
import TestSupport
import Testing
import Video

/// Footage of every kind, made by FFmpeg's own program: the left half is bright, the upper right quarter dark.
@Suite(.timeLimit(.minutes(10))) struct FootageReaderTests {
    private let place: TemporaryFolder

    init() throws { place = try TemporaryFolder() }

    /// Runs ffmpeg.
    private func make(_ name: String, _ arguments: String...) throws -> URL {
        let file = place.url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let words = ["-v", "error", "-y"] + arguments + [file.path]
        let status = try ChildProcess(URL(filePath: "/usr/bin/ffmpeg"), words).waitForExit()
        try #require(status == 0)
        return file
    }

    /// A still of grey 64×48, its left half white, its upper right quarter black, as ffmpeg makes it.
    private func picture(_ seconds: Double = 1, rate: Int = 25, size: String = "64x48") -> String {
        """
        color=gray:s=\(size):r=\(rate):d=\(seconds),drawbox=0:0:iw/2:ih:white:fill,\
        drawbox=iw/2:0:iw/2:ih/2:black:fill
        """
    }

    private func frames(of file: URL) throws -> (reader: FootageReader, frames: [[UInt8]]) {
        let reader = try FootageReader(file)
        let picture = PixelBuffer(width: reader.width, height: reader.height)
        var frames: [[UInt8]] = []
        while try reader.read(into: picture) { frames.append(Array(picture.luma)) }
        return (reader, frames)
    }

    /// Luma in the middle of the four quarters: upper left, upper right, lower left, lower right.
    private func quarters(_ luma: [UInt8], width: Int, height: Int) -> [UInt8] {
        [(1, 1), (3, 1), (1, 3), (3, 3)].map { luma[$0.1 * height / 4 * width + $0.0 * width / 4] }
    }

    @Test func aPlainFilmIsReadAsItIs() throws {
        let file = try make("plain.mp4", "-f", "lavfi", "-i", picture())
        let (reader, frames) = try frames(of: file)
        #expect(frames.count == 25)
        #expect(reader.width == 64 && reader.height == 48 && !reader.isScaledDown)
        #expect(abs((reader.duration ?? 0) - 1) < 0.1)
        let found = quarters(frames[7], width: 64, height: 48)
        #expect(found[0] > 225 && found[1] < 25 && found[2] > 225 && (100...150).contains(found[3]))
    }

    @Test(arguments: [15, 24, 30, 60])
    func otherRatesBecomeTwentyFive(rate: Int) throws {
        let file = try make("rate.mp4", "-f", "lavfi", "-i", picture(2, rate: rate))
        #expect((49...51).contains(try frames(of: file).frames.count))
    }

    @Test func aVaryingRateKeepsItsTime() throws {
        // One second with 25 frames, of which most are left out, then one second with all of them.
        let file = try make(
            "varying.mkv", "-f", "lavfi", "-i", picture(2), "-vf", "select='gte(t,1)+not(mod(n,7))'", "-vsync", "vfr")
        #expect((49...51).contains(try frames(of: file).frames.count))
    }

    @Test(arguments: [90, 180, 270])
    func aCameraOnItsSideIsTurnedUpright(degrees: Int) throws {
        let upright = try make("upright.mp4", "-f", "lavfi", "-i", picture(0.2))
        let file = try make(
            "turned.mp4", "-i", upright.path, "-c", "copy", "-metadata:s:v:0", "rotate=\(degrees)")
        let (reader, frames) = try frames(of: file)
        let isTransposed = degrees != 180
        #expect(reader.width == (isTransposed ? 48 : 64) && reader.height == (isTransposed ? 64 : 48))
        let found = quarters(frames[0], width: reader.width, height: reader.height)
        // Where ffmpeg itself shows the black quarter: its tag says how far the camera was turned with the clock.
        let black = found.firstIndex { $0 < 25 }
        #expect(black == [90: 0, 180: 2, 270: 3][degrees])
    }

    @Test func rgbAndPlanesAreTheSamePicture() throws {
        let file = try make("rgb.mp4", "-f", "lavfi", "-i", picture(0.2))
        let reader = try FootageReader(file)
        var rgb = [UInt8](repeating: 0, count: 64 * 48 * 3)
        let isRead = try rgb.withUnsafeMutableBufferPointer { try reader.read(rgb: $0) }
        #expect(isRead)
        let red = (0..<(64 * 48)).map { rgb[3 * $0] }
        let found = quarters(red, width: 64, height: 48)
        #expect(found[0] > 245 && found[1] < 10 && (115...140).contains(found[3]))
    }

    @Test func tenBitsAreRead() throws {
        let file = try make("ten.mkv", "-f", "lavfi", "-i", picture(0.2), "-pix_fmt", "yuv422p10le", "-c:v", "ffv1")
        let found = quarters(try frames(of: file).frames[0], width: 64, height: 48)
        #expect(found[0] > 225 && found[1] < 25)
    }

    @Test func anOddSizeLosesItsLastRowAndColumn() throws {
        let file = try make(
            "odd.mkv", "-f", "lavfi", "-i", picture(0.2, size: "65x49"), "-pix_fmt", "yuv444p", "-c:v", "ffv1")
        let (reader, frames) = try frames(of: file)
        #expect(reader.width == 64 && reader.height == 48 && frames.count == 5)
    }

    @Test func whatCanBeSeenThroughBecomesGrey() throws {
        let clear = "color=white@0.0:s=64x48:r=25:d=0.2,format=rgba"
        let file = try make("clear.png", "-f", "lavfi", "-i", clear, "-frames:v", "1")
        let frames = try frames(of: file).frames
        #expect(frames.count == 1)
        #expect(frames[0].allSatisfy { (122...130).contains($0) })
    }

    @Test func fourKIsScaledDown() throws {
        let file = try make(
            "4k.mp4", "-f", "lavfi", "-i", picture(0.08, size: "3840x2160"), "-preset", "ultrafast")
        let (reader, frames) = try frames(of: file)
        #expect(reader.width == 1920 && reader.height == 1080 && reader.isScaledDown)
        #expect(reader.sourceSize == (3840, 2160))
        #expect(frames.count == 2)
    }

    @Test func aFolderOfPicturesIsAFilm() throws {
        // What is no picture is passed over; 2 comes before 10, whatever the names' length.
        for (name, grey) in [("1.png", 40), ("2.jpg", 120), ("10.PNG", 200)] {
            _ = try make("film/\(name)", "-f", "lavfi", "-i", "color=0x\(hex(grey)):s=64x48", "-frames:v", "1")
        }
        try place.file("film/coords.pkl", [1, 2, 3])
        let folder = place.url.appending(path: "film")
        let (reader, frames) = try frames(of: folder)
        #expect(reader.sourceRate == 25 && reader.duration == 0.12)
        #expect(frames.count == 3)
        // Luma of full-range grey: 16 + grey × 219 / 255.
        for (frame, luma) in zip(frames, [50, 119, 188]) { #expect(abs(Int(frame[1000]) - luma) <= 3) }
    }

    @Test func picturesOfAnotherSizeAreRefused() throws {
        _ = try make("film/1.png", "-f", "lavfi", "-i", picture(), "-frames:v", "1")
        let other = try make("film/2.png", "-f", "lavfi", "-i", picture(size: "48x64"), "-frames:v", "1")
        let error = VideoFileError.otherSize(file: other.path, width: 48, height: 64, expected: "64×48")
        #expect(throws: error) { try frames(of: place.url.appending(path: "film")) }
    }

    @Test func aFolderWithoutPicturesIsRefused() throws {
        #expect(throws: VideoFileError.noPicturesInFolder(place.url.path)) { try FootageReader(place.url) }
        let broken = try place.file("film/1.png", Array("no picture".utf8))
        #expect(throws: VideoFileError.self) { try FootageReader(broken.deletingLastPathComponent()) }
    }

    private func hex(_ grey: Int) -> String { String(repeating: String(grey, radix: 16), count: 3) }

    @Test func framesCanBeLeftOut() throws {
        let file = try make("skip.mp4", "-f", "lavfi", "-i", picture())
        let reader = try FootageReader(file)
        #expect(try reader.skip(20) == 20)
        let picture = PixelBuffer(width: 64, height: 48)
        #expect(try reader.read(into: picture))
        #expect(try reader.skip(100) == 4)
        #expect(try !reader.read(into: picture))
    }

    @Test func soundAloneIsRefused() throws {
        let file = try make("sound.wav", "-f", "lavfi", "-i", "sine=d=0.2")
        #expect(throws: VideoFileError.noPictures(file: file.path)) { try FootageReader(file) }
    }

    @Test func aCoverIsNoFilm() throws {
        let cover = try make("cover.png", "-f", "lavfi", "-i", picture(), "-frames:v", "1")
        let file = try make(
            "song.mp3", "-f", "lavfi", "-i", "sine=d=0.2", "-i", cover.path, "-map", "0", "-map", "1", "-c:v", "copy",
            "-disposition:v", "attached_pic")
        #expect(throws: VideoFileError.noPictures(file: file.path)) { try FootageReader(file) }
    }

    @Test(arguments: ["", "no film", "\u{0}\u{0}\u{0}\u{18}ftypmp42"])
    func whatIsNoFilmIsRefused(text: String) throws {
        let file = try place.file("none.mp4", Array(text.utf8))
        #expect(throws: VideoFileError.self) { try FootageReader(file) }
    }

    @Test func aFilmThatBreaksOffIsReadThatFar() throws {
        let file = try make("whole.mkv", "-f", "lavfi", "-i", "testsrc=s=64x48:r=25:d=4")
        let bytes = try Array(Data(contentsOf: file))
        let half = try place.file("half.mkv", bytes.prefix(bytes.count * 2 / 3))
        let count = try frames(of: half).frames.count
        #expect((10..<100).contains(count))
    }
}
