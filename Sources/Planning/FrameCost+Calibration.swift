public import BenchResult

extension FrameCost {
    /// The costs as `visavis bench` measured them on one GPU, for plans with any.
    /// - Parameters:
    ///   - bench: of MuseTalk at full size (random weights will do: they take as long), at two batch sizes or more.
    ///   - catalogue: has the GPU's rate.
    /// - Throws: ``PlanningError/calibration(reason:)``.
    public init(calibrating bench: BenchResult, with catalogue: GPUCatalogue) throws(PlanningError) {
        guard bench.engine == "musetalk" else {
            throw .calibration(
                reason:
                    "its engine is \(bench.engine); expected musetalk, whose frames are \(Self.published.work) TFLOP")
        }
        guard let gpu = catalogue.gpu(ofDevice: bench.deviceName) else {
            throw .calibration(
                reason: "its device is “\(bench.deviceName)”; expected one of the catalogue: "
                    + "\(catalogue.gpus.map(\.name).joined(separator: ", ")). --catalogue FILE can name others")
        }
        self = .published
        let measured: [(batch: Double, seconds: Double)] = bench.rows.compactMap { row in
            guard row.ok, row.batchSize > 0, let time = row.batchTime?.median, time > 0, time.isFinite else {
                return nil
            }
            return (Double(row.batchSize), time / 1_000)
        }
        guard let fit = LinearFit(measured.map { .init(constant: 1, slope: $0.batch, value: $0.seconds) }) else {
            throw .calibration(
                reason: "it has times of \(measured.count) batch sizes; expected two different ones or more")
        }
        guard fit.slope > 0 else {
            throw .calibration(reason: "its larger batches take no longer than its smaller ones: measure again")
        }
        fixed = max(0, fit.constant)
        efficiency = work / (gpu.fp16 * fit.slope)
        guard efficiency <= 1 else {
            throw .calibration(
                reason: "it is faster than the catalogue says that a \(gpu.name) can be (\(gpu.fp16) TFLOPS): "
                    + "the model is not full-size MuseTalk, or fp16_tflops is wrong")
        }
        calibrateMemory(bench.rows)
    }

    /// What the networks' library keeps for its largest batch hides what smaller ones need: then, which a frame of less
    /// than 1 MB shows, or if the memory was not measured, the published figures stay.
    private mutating func calibrateMemory(_ rows: [BenchResult.Row]) {
        let used: [LinearFit.Term] = rows.compactMap { row in
            guard row.ok, let bytes = row.memoryUsed, bytes > 0 else { return nil }
            return .init(constant: 1, slope: Double(row.batchSize), value: Double(bytes) / GPU.bytesPerGB)
        }
        guard let fit = LinearFit(used), fit.slope > 1e-3, fit.constant > 0 else { return }
        modelMemory = fit.constant
        frameMemory = fit.slope
    }
}
