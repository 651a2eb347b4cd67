import Audio
import Foundation
import TestSupport
import Testing
import Video

@Suite(.timeLimit(.minutes(10))) struct MovieWriterTests {
    private let settings = H264Settings(width: 64, height: 48)

    private func frames(_ count: Int) throws -> [EncodedFrame] {
        let encoder = try H264Encoder(settings)
        return try (0..<count).map { try encoder.encode(.scene(width: 64, height: 48, time: $0)) }
    }

    /// Writes `speech` with as many frames as it has at 25 a second, the way an utterance is made.
    private func write(_ speech: [Int16], to file: URL) throws -> Int {
        let movie = try MovieWriter(file, settings)
        let frames = try frames((speech.count + 959) / 960)
        for (index, frame) in frames.enumerated() {
            try movie.append(Array(speech[(index * 960)..<min(index * 960 + 960, speech.count)]))
            try movie.append(frame)
        }
        try movie.finish()
        return frames.count
    }

    @Test(arguments: [1, 959, 24_000, 24_001, 100_000])
    func soundAndPictureStartAndEndTogether(sampleCount: Int) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "film.mp4")
        let speech = (0..<sampleCount).map { Int16(9_000 * sin(Double($0) * 0.05)) }
        let frameCount = try write(speech, to: file)
        let streams = try Probe.streams(of: file)
        let video = try #require(streams.first { $0["codec_name"] == "h264" })
        let audio = try #require(streams.first { $0["codec_name"] == "aac" })
        #expect(video["nb_frames"] == "\(frameCount)")
        #expect(video["r_frame_rate"] == "25/1")
        #expect(video["color_space"] == "bt709")
        #expect(audio["sample_rate"] == "24000")
        #expect(audio["channels"] == "1")
        let (videoStart, audioStart) = (Double(video["start_time"] ?? ""), Double(audio["start_time"] ?? ""))
        #expect(abs(try #require(videoStart) - #require(audioStart)) <= 0.005)
        let (videoLength, audioLength) = (Double(video["duration"] ?? ""), Double(audio["duration"] ?? ""))
        #expect(abs(try #require(videoLength) - #require(audioLength)) <= 0.040)
        #expect(abs(try #require(audioLength) - Double(sampleCount) / 24_000) < 0.001)
    }

    @Test(.enabled(if: Recording.english.exists))
    func theSoundIsWhereItWas() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "film.mp4")
        let speech = Array(try AudioFileReader(Recording.english.url).readAll().prefix(120_000))
        _ = try write(speech, to: file)
        let heard = try AudioFileReader(file).readAll()
        #expect(heard.count >= speech.count && heard.count < speech.count + 1_024)
        // The lag at which both are most alike; one frame of AAC would be 1024 samples.
        func likeness(_ lag: Int) -> Int {
            var sum = 0
            for index in 60_000..<76_000 { sum += Int(speech[index]) * Int(heard[index + lag]) }
            return sum
        }
        let likenesses = stride(from: -1_200, through: 1_200, by: 24).map { (lag: $0, likeness($0)) }
        #expect(likenesses.max { $0.1 < $1.1 }?.lag == 0)
    }

    @Test func theIndexIsInFront() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "film.mp4")
        _ = try write([Int16](repeating: 0, count: 48_000), to: file)
        let data = try Data(contentsOf: file)
        let index = try #require(data.range(of: Data("moov".utf8)))
        let media = try #require(data.range(of: Data("mdat".utf8)))
        #expect(index.lowerBound < media.lowerBound)
    }

    @Test func picturesComeOutAsTheyWentIn() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "film.mp4")
        let frames = try frames(12)
        let movie = try MovieWriter(file, settings)
        for frame in frames { try movie.append(frame) }
        try movie.append([Int16](repeating: 0, count: 12 * 960))
        try movie.finish()
        let expected = try decode(frames)
        let reader = try VideoFileReader(file)
        for picture in expected { #expect(try reader.read()?.byteArray == picture.byteArray) }
        #expect(try reader.read() == nil)
    }

    @Test func aSilentFilmIsAFilm() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "film.mp4")
        let movie = try MovieWriter(file, settings)
        for frame in try frames(3) { try movie.append(frame) }
        try movie.finish()
        let reader = try VideoFileReader(file)
        for _ in 0..<3 { #expect(try reader.read() != nil) }
        #expect(try reader.read() == nil)
    }

    @Test func aFilmReplacesAnOldOneOnlyWhenItIsComplete() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("film.mp4", "old".utf8)
        do {
            let movie = try MovieWriter(file, settings)
            for frame in try frames(5) { try movie.append(frame) }
            #expect(folder.fileNames.count == 2)
        }
        // Dropped: nothing is left of it.
        #expect(folder.fileNames == ["film.mp4"])
        #expect(try Data(contentsOf: file) == Data("old".utf8))
        _ = try write([Int16](repeating: 0, count: 9_600), to: file)
        #expect(folder.fileNames == ["film.mp4"])
        #expect(try Probe.streams(of: file).count == 2)
    }

    @Test func aFilmStartsWithAKeyframe() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "film.mp4")
        do {
            let movie = try MovieWriter(file, settings)
            let frames = try frames(2)
            #expect(throws: MovieError.firstFrameIsNoKeyframe(file: file.path)) { try movie.append(frames[1]) }
            #expect(throws: MovieError.noFrames(file: file.path)) { try movie.finish() }
        }
        #expect(folder.fileNames.isEmpty)
    }

    @Test func aPlaceThatCannotBeWrittenToIsNamed() throws {
        let error = #expect(throws: MovieError.self) {
            try MovieWriter(URL(filePath: "/nowhere/film.mp4"), settings)
        }
        #expect(error?.description.hasPrefix("/nowhere/film.mp4: cannot be created: No such file") == true)
        let folder = try TemporaryFolder()
        let expected = MovieError.cannotCreate(file: folder.url.path, reason: "Is a directory")
        #expect(throws: expected) { try MovieWriter(folder.url, settings) }
    }
}
