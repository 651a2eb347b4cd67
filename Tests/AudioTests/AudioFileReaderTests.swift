import Audio
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct AudioFileReaderTests {
    /// The bytes of an RF64 file, the WAV of more than 4 GiB, whose header counts samples in 64 bits.
    private func rf64(_ samples: [Int16], rate: Int, claimedSamples: Int) -> [UInt8] {
        func u64(_ value: Int) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let wav = WAV.bytes(of: samples, rate: rate, claimedBytes: 0xffff_ffff)
        let sizes = u64(wav.count + 28) + u64(claimedSamples) + u64(claimedSamples) + [0, 0, 0, 0]
        let head = Array("RF64".utf8) + [255, 255, 255, 255] + Array("WAVEds64".utf8) + [28, 0, 0, 0]
        return head + sizes + wav.dropFirst(12)
    }

    private func withFile<T>(_ bytes: some Sequence<UInt8>, _ body: (URL) throws -> T) throws -> T {
        let folder = try TemporaryFolder()
        return try body(folder.file("speech.wav", bytes))
    }

    /// Elsewhere, tests without their recording are skipped. Where a commit is judged, nothing is skipped silently.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["CI"] == "true"), arguments: Recording.all)
    func recordingsAreAtHandInCI(recording: Recording) {
        #expect(recording.exists, "\(recording.url.path) is missing: the tests that listen to it would be skipped")
    }

    @Test(.enabled(if: Recording.english.exists))
    func englishIsSixtySecondsLong() throws {
        let reader = try AudioFileReader(Recording.english.url)
        let speech = try reader.readAll()
        #expect(speech.count == 1_440_000)
        #expect(reader.duration == 60)
        #expect(speech.contains { abs(Int($0)) > 3_000 })
    }

    @Test(.enabled(if: Recording.mandarinStereo.exists))
    func stereoIsMixedWithoutClipping() throws {
        let reader = try AudioFileReader(Recording.mandarinStereo.url)
        let duration = try #require(reader.duration)
        var speech: [Int16] = []
        while let piece = try reader.read() {
            #expect(!piece.isEmpty)
            speech += piece
        }
        #expect(abs(speech.count - Int(duration * 24_000)) <= 1)
        #expect(!speech.contains { $0 == .max || $0 == .min })
        #expect(try reader.read() == nil)
    }

    @Test func samplesAtOurRateComeThroughUntouched() throws {
        let samples = (0..<5_000).map { Int16(truncatingIfNeeded: $0 * 7_919) }
        let read = try withFile(WAV.bytes(of: samples, rate: 24_000)) { try AudioFileReader($0).readAll() }
        #expect(read == samples)
    }

    @Test(.enabled(if: Recording.english.exists))
    func ofAFileCutInHalfTheFirstHalfIsRead() throws {
        let data = try Data(contentsOf: Recording.english.url)
        let half = data.prefix(data.count / 2)
        let speech = try withFile(half) { try AudioFileReader($0).readAll() }
        #expect(abs(speech.count - 720_000) < 2_400)
    }

    @Test func aHeaderAloneIsEmpty() throws {
        try withFile(WAV.bytes(of: [], rate: 16_000, claimedBytes: 32_000)) { file in
            let error = #expect(throws: AudioFileError.self) { try AudioFileReader(file).readAll() }
            #expect(error?.description.contains(file.path) == true)
        }
    }

    /// A header of 46 bytes must not become gigabytes of samples.
    @Test(arguments: [0, 1, 999, 384_001, 10_000_000, 4_294_967_295])
    func aRateThatNoRecordingHasIsNamed(rate: Int) throws {
        try withFile(WAV.bytes(of: [Int16](repeating: 100, count: 5_000), rate: rate)) { file in
            let error = #expect(throws: AudioFileError.self) { try AudioFileReader(file).readAll() }
            // Of 0 and of a rate beyond 31 bits, FFmpeg itself says that they cannot be.
            #expect(error?.description.contains(file.path) == true)
            if (1...10_000_000).contains(rate) {
                #expect(error == .sampleRate(file: file.path, found: rate))
                #expect(error?.description.contains("is \(rate) Hz; expected 1000…384000 Hz") == true)
            }
        }
    }

    @Test(arguments: [1_000, 384_000])
    func theExtremeRatesAreRead(rate: Int) throws {
        let speech = try withFile(WAV.bytes(of: [Int16](repeating: 100, count: 5_000), rate: rate)) {
            try AudioFileReader($0).readAll()
        }
        #expect(speech.count == (5_000 * 24_000 + rate - 1) / rate)
    }

    @Test func aLengthThatNoRecordingHasIsNotBelieved() throws {
        let samples = [Int16](repeating: 100, count: 8_000)
        for (claimed, duration) in [(8_000 << 20, 1_048_576.0), (1 << 62, nil)] {
            try withFile(rf64(samples, rate: 8_000, claimedSamples: claimed)) { file in
                let reader = try AudioFileReader(file)
                #expect(reader.duration == duration)
                #expect(try reader.readAll().count == 24_000)
            }
        }
    }

    @Test func notARecording() throws {
        let texts = ["", "not a recording", String(repeating: "words and words\n", count: 4_000)]
        for text in texts {
            try withFile(text.utf8) { file in
                let error = #expect(throws: AudioFileError.self) { try AudioFileReader(file).readAll() }
                #expect(error?.description.contains(file.path) == true)
            }
        }
    }

    @Test func noiseInsteadOfAFileNeverCrashes() throws {
        for seed in 0..<40 {
            var noise = SeededNoise(seed: UInt64(seed))
            var data = WAV.bytes(of: [], rate: 16_000, claimedBytes: 4_000)
            // A plausible header with a few bytes changed, then rubbish.
            for _ in 0..<4 { data[Int(abs(noise.next()) * 43)] = UInt8(abs(noise.next()) * 255) }
            data += (0..<4_000).map { _ in UInt8(abs(noise.next()) * 255) }
            try withFile(data) { file in
                do {
                    _ = try AudioFileReader(file).readAll()
                } catch {
                    #expect(error is AudioFileError)
                }
            }
        }
    }

    @Test func aMissingFileIsNamed() {
        let error = #expect(throws: AudioFileError.self) {
            try AudioFileReader(URL(filePath: "/nowhere/speech.wav"))
        }
        #expect(error?.description.hasPrefix("/nowhere/speech.wav: No such file") == true)
    }

    @Test(.enabled(if: Recording.clip.exists))
    func aSilentFilmHasNoSound() {
        #expect(throws: AudioFileError.noSound(file: Recording.clip.url.path)) {
            try AudioFileReader(Recording.clip.url)
        }
    }
}
