import BenchResult
import Foundation
import TestSupport
import Testing

@Suite struct BenchResultTests {
    private var result: BenchResult {
        var row = BenchResult.Row(batchSize: 4, ok: true)
        row.timeForAudio = .init(median: 1.14, p5: 1.1, p95: 1.2)
        row.timePerFrame = 22.8
        row.batchTime = .init(median: 91, p5: 90, p95: 95)
        row.framesPerSecond = 43.9
        row.sessionsAtFPS = 1.75
        row.memoryUsed = 20 << 30
        row.memoryTotal = 24 << 30
        row.utilisation = 0.93
        return BenchResult(
            engine: "musetalk", model: "v15", device: "cuda:0", deviceName: "NVIDIA GeForce RTX 4090",
            machine: "16 cores", secondsOfAudio: 2, fps: 25,
            rows: [row, .init(batchSize: 20, ok: false, error: "out_of_memory", message: "it does not fit")])
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("bench.json", result.json())
        #expect(try BenchResult(contentsOf: file) == result)
    }

    @Test func theKeysAreTheOnesThatAreDocumented() throws {
        let text = String(decoding: try result.json(), as: UTF8.self)
        for key in [
            "format", "engine", "model", "device", "device_name", "machine", "seconds_of_audio", "fps", "rows",
            "batch_size", "ok", "time_for_audio_s", "median", "p5", "p95", "time_per_frame_ms", "batch_ms",
            "frames_per_second", "sessions_at_fps", "memory_used_bytes", "memory_total_bytes", "utilisation", "error",
            "message",
        ] {
            #expect(text.contains("\"\(key)\" :"))
        }
    }

    @Test(arguments: [
        ("", "it is not JSON"), ("[]", "is not of the type"), ("{}", "format is missing"),
        (
            #"{"format":1,"engine":"e","model":"m","device":"d","machine":"m","fps":25,"rows":[]}"#,
            "device_name is missing"
        ),
    ])
    func aFileThatIsNoResultIsRefused(text: String, reason: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("bench.json", Data(text.utf8))
        let error = #expect(throws: BenchResultError.self) { try BenchResult(contentsOf: path) }
        #expect(error?.description.contains(reason) == true)
    }

    @Test func aPathIsNamedWithItsIndex() throws {
        let folder = try TemporaryFolder()
        let text = String(decoding: try result.json(), as: UTF8.self)
            .replacing("\"batch_size\" : 20", with: "\"batch_size\" : \"many\"")
        let error = #expect(throws: BenchResultError.self) {
            try BenchResult(contentsOf: folder.file("bench.json", Data(text.utf8)))
        }
        #expect(error?.description.contains("rows[1].batch_size is not of the type Int") == true)
    }

    @Test func anotherFormatIsRefused() throws {
        let folder = try TemporaryFolder()
        let text = String(decoding: try result.json(), as: UTF8.self)
            .replacing("\"format\" : 1", with: "\"format\" : 9")
        let file = try folder.file("bench.json", Data(text.utf8))
        #expect(throws: BenchResultError.format(file: file.path, found: 9)) { try BenchResult(contentsOf: file) }
    }

    @Test func aFileThatIsNotThereIsNamed() {
        #expect(throws: BenchResultError.unreadable(file: "/nowhere/bench.json")) {
            try BenchResult(contentsOf: URL(filePath: "/nowhere/bench.json"))
        }
    }
}
