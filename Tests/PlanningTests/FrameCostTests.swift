import BenchResult
import Testing

@testable import Planning

@Suite struct FrameCostTests {
    private let gpu = GPU(name: "RTX 4090", fp16: 330, memory: 24, bandwidth: 1, price: nil, source: "")

    @Test func timesAreFixedAndAFrameEach() {
        let cost = FrameCost(fixed: 0.03, efficiency: 0.5, modelMemory: 10, frameMemory: 0.5)
        // 0.79 TFLOP at half of 330 TFLOPS
        let frame = 0.79 / 165
        #expect(abs(cost.timePerFrame(on: gpu) - frame) < 1e-12)
        #expect(abs(cost.time(ofBatch: 8, on: gpu) - (0.03 + 8 * frame)) < 1e-12)
        #expect(abs(cost.rate(inBatchesOf: 8, on: gpu) - 8 / (0.03 + 8 * frame)) < 1e-9)
        // 50 frames in batches of 16 are four batches, the last of two.
        #expect(abs(cost.time(forFrames: 50, inBatchesOf: 16, on: gpu) - (0.12 + 50 * frame)) < 1e-12)
        #expect(cost.memory(ofBatch: 8) == 14)
        #expect(cost.largestBatch(inMemoryOf: gpu) == 28)
    }

    @Test func aSlowMemoryIsWhatAFrameWaitsFor() {
        var slow = gpu
        slow.bandwidth = 0.01
        #expect(abs(FrameCost.published.timePerFrame(on: slow) - 0.23) < 1e-12, "2.3 GB at 10 GB/s")
    }

    @Test func aModelThatDoesNotFitLeavesNoBatch() {
        var small = gpu
        small.memory = 12
        #expect(FrameCost.published.largestBatch(inMemoryOf: small) == 0)
    }

    @Test func theGuidesBatchesFitAsTheyDid() {
        #expect(FrameCost.published.largestBatch(inMemoryOf: gpu) == 16, "16 ran on 24 GB, 20 did not")
    }

    /// docs/planning.md says so.
    @Test func thePublishedConstantsAreTheFitOfThePublishedFigures() throws {
        let catalogue = try GPUCatalogue.standard()
        let figures = try PublishedFigure.standard().map { figure in
            (figure: figure, gpu: try #require(catalogue.gpus.first { $0.name == figure.gpu }))
        }
        let fit = try #require(FrameCost(fitting: figures))
        #expect(abs(fit.fixed - FrameCost.published.fixed) < 0.000_5)
        #expect(abs(fit.efficiency - FrameCost.published.efficiency) < 0.005)
        // Computing takes longer than moving on each of them, which the fit relies on.
        for gpu in catalogue.gpus {
            #expect(fit.work / (gpu.fp16 * fit.efficiency) > fit.traffic / gpu.bandwidth)
        }
    }

    @Test func oneFigureDoesNotSayTwoThings() throws {
        let figure = try #require(try PublishedFigure.standard().first)
        #expect(FrameCost(fitting: [(figure, gpu)]) == nil)
        #expect(FrameCost(fitting: [(figure, gpu), (figure, gpu)]) == nil)
    }
}

@Suite struct CalibrationTests {
    private let truth = FrameCost(fixed: 0.006, efficiency: 0.4, modelMemory: 3, frameMemory: 0.25)

    private func bench(sizes: [Int] = [1, 4, 8, 16]) throws -> BenchResult {
        let catalogue = try GPUCatalogue.standard()
        let gpu = try #require(catalogue.gpus.first { $0.name == "H200" })
        var rows = sizes.map { size in
            var row = BenchResult.Row(batchSize: size, ok: true)
            let time = 1_000 * truth.time(ofBatch: size, on: gpu)
            row.batchTime = .init(median: time, p5: time, p95: time)
            row.memoryUsed = Int(truth.memory(ofBatch: size) * Double(1 << 30))
            return row
        }
        rows.append(.init(batchSize: 512, ok: false, error: "out_of_memory"))
        return BenchResult(
            engine: "musetalk", model: "full", device: "cuda:0", deviceName: "NVIDIA H200", machine: "",
            secondsOfAudio: 2, fps: 25, rows: rows)
    }

    @Test func whatWasMeasuredIsFoundAgain() throws {
        let cost = try FrameCost(calibrating: bench(), with: .standard())
        #expect(abs(cost.fixed - truth.fixed) < 1e-9)
        #expect(abs(cost.efficiency - truth.efficiency) < 1e-9)
        #expect(abs(cost.modelMemory - truth.modelMemory) < 1e-6)
        #expect(abs(cost.frameMemory - truth.frameMemory) < 1e-6)
    }

    @Test func memoryThatDoesNotGrowWithTheBatchSaysNothing() throws {
        var bench = try bench()
        for index in bench.rows.indices { bench.rows[index].memoryUsed = 4 << 30 }
        let cost = try FrameCost(calibrating: bench, with: .standard())
        #expect(cost.modelMemory == FrameCost.published.modelMemory)
        #expect(cost.frameMemory == FrameCost.published.frameMemory)
    }

    @Test func whatCannotCalibrateIsRefused() throws {
        func reason(_ change: (inout BenchResult) -> Void) throws -> String {
            var result = try bench()
            change(&result)
            let error = #expect(throws: PlanningError.self) { try FrameCost(calibrating: result, with: .standard()) }
            return error?.description ?? ""
        }
        #expect(try reason { $0.engine = "viseme" }.contains("its engine is viseme; expected musetalk"))
        #expect(
            try reason { $0.deviceName = "AMD EPYC" }.contains("“AMD EPYC”; expected one of the catalogue: RTX 4090"))
        #expect(try reason { $0.rows = Array($0.rows.prefix(1)) }.contains("times of 1 batch sizes; expected two"))
        #expect(try reason { $0.rows = [] }.contains("times of 0 batch sizes"))
        #expect(try reason { $0.rows = [$0.rows[0], $0.rows[0]] }.contains("expected two different ones"))
        #expect(
            try reason { result in
                for index in result.rows.indices { result.rows[index].batchTime = .init(median: 9, p5: 9, p95: 9) }
            }.contains("measure again"))
        #expect(
            try reason { result in
                for index in result.rows.indices { result.rows[index].batchTime?.median /= 100 }
            }.contains("faster than the catalogue says that a H200 can be"))
    }
}
