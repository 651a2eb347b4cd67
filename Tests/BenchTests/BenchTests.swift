import BenchResult
import Charts
import Testing

@testable import Bench

@Suite struct BenchTests {
    /// Takes ten milliseconds a frame; there is no memory for more than 8, and 3 are broken.
    struct Fake: BenchSubject {
        struct NoMemory: Error {}
        struct Broken: Error, CustomStringConvertible { var description: String { "it is broken" } }

        let engine = "fake"
        let model = ""
        let device = "cpu"

        func prepare(batchSize: Int) async throws -> any BenchWork {
            if batchSize > 8 { throw NoMemory() }
            if batchSize == 3 { throw Broken() }
            return Work(size: batchSize)
        }

        func isOutOfMemory(_ error: any Error) -> Bool { error is NoMemory }
    }

    struct Work: BenchWork {
        let size: Int

        func make(_ speech: [Int16]) async throws -> BenchTimes {
            BenchTimes(
                speech: .milliseconds(510), batches: .milliseconds(500), frames: 50,
                batch: [.milliseconds(10 * size)])
        }
    }

    @Test func everySizeHasItsRow() async throws {
        let result = try await Bench(sizes: [1, 8, 16, 3], repeats: 2).run(Fake(), monitor: nil, machine: "here")
        #expect(result.rows.map(\.batchSize) == [1, 8, 16, 3])
        #expect(result.rows.map(\.ok) == [true, true, false, false])
        #expect(result.rows.map(\.error) == [nil, nil, "out_of_memory", "failed"])
        #expect(result.rows[3].message == "it is broken")
        let row = result.rows[1]
        #expect(row.framesPerSecond == 100)
        #expect(row.sessionsAtFPS == 4)
        #expect(row.batchTime?.median == 80)
        #expect(row.timeForAudio?.median == 0.51)
        #expect(row.timePerFrame.map { abs($0 - 10.2) < 1e-9 } == true)
    }

    @Test func whatCannotBeMeasuredIsRefused() {
        #expect(throws: BenchError.sizes([0])) { try Bench(sizes: [0]) }
        #expect(throws: BenchError.sizes([4, 4])) { try Bench(sizes: [4, 4]) }
        #expect(throws: BenchError.sizes([])) { try Bench(sizes: []) }
        #expect(throws: BenchError.repeats(0)) { try Bench(repeats: 0) }
        #expect(throws: BenchError.seconds(0.1)) { try Bench(seconds: 0.1) }
    }

    @Test func comparisonSaysHowManyTimesAndWhatElseDiffers() async throws {
        let a = try await Bench(sizes: [1, 8], repeats: 1).run(Fake(), monitor: nil, machine: "here")
        var b = a
        b.machine = "there"
        b.rows[0].framesPerSecond = 150
        b.rows[1] = .init(batchSize: 8, ok: false, error: "out_of_memory")
        let comparison = BenchComparison(a, b)
        #expect(comparison.differences == ["Machines differ: here and there."])
        #expect(comparison.cells[0] == ["1", "100", "150", "1.5×", "10", "10", "1×"])
        #expect(comparison.cells[1] == ["8", "100", "out of memory", "–", "80", "out of memory", "–"])
        #expect(BenchComparison(a, a).differences.isEmpty)
    }

    @Test func pageSaysWhatDidNotFit() async throws {
        let result = try await Bench(sizes: [1, 16], repeats: 1).run(Fake(), monitor: nil, machine: "here")
        let page = BenchPage.report(result).html
        #expect(page.contains("out of memory"))
        #expect(page.contains("Batches of 1 are fastest"))
    }
}
