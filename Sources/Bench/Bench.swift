public import BenchResult
import Foundation
public import Hardware
import LipSync

/// Measures an engine with one batch size after the other.
public struct Bench: Sendable {
    /// The sizes that are measured where nobody says which.
    public static let standardSizes = [1, 4, 8, 16, 20, 32]
    /// How often each size may be measured.
    public static let repetitions = 1...1000
    /// How long the speech may be, in seconds.
    public static let lengths = 0.2...60.0

    /// The sizes, in the order of measuring.
    public var sizes: [Int]
    /// How often each is measured, after once that does not count.
    public var repeats: Int
    /// The length of the speech.
    public var seconds: Double

    /// Puts the parts together.
    /// - Throws: ``BenchError``.
    public init(sizes: [Int] = standardSizes, repeats: Int = 5, seconds: Double = 2) throws(BenchError) {
        guard !sizes.isEmpty, sizes.allSatisfy({ 1...256 ~= $0 }), Set(sizes).count == sizes.count else {
            throw .sizes(sizes)
        }
        guard Self.repetitions.contains(repeats) else { throw .repeats(repeats) }
        guard Self.lengths.contains(seconds) else { throw .seconds(seconds) }
        (self.sizes, self.repeats, self.seconds) = (sizes, repeats, seconds)
    }

    /// What is being done.
    public struct Progress: Sendable, Equatable {
        /// Measurements that are done, of all sizes.
        public var done: Int
        /// All that there will be.
        public var total: Int
        /// The size that is being measured.
        public var batchSize: Int
    }

    /// Measures. A size that cannot be measured has its row, too.
    /// - Parameters:
    ///   - monitor: reads the device's memory and how busy it is; nil where that cannot be known.
    ///   - machine: what the result says of it.
    ///   - progress: is told before each measurement.
    /// - Throws: `CancellationError` alone.
    @concurrent
    public func run(
        _ subject: any BenchSubject, monitor: DeviceMonitor?, machine: String,
        progress: @Sendable (Progress) -> Void = { _ in }
    ) async throws -> BenchResult {
        var result = BenchResult(
            engine: subject.engine, model: subject.model, device: subject.device,
            deviceName: monitor?.name ?? subject.device, machine: machine, secondsOfAudio: seconds,
            fps: Double(FrameTiming.fps), rows: [])
        let speech = SyntheticSpeech.samples(seconds: seconds)
        for (index, size) in sizes.enumerated() {
            let report: @Sendable (Int) -> Void = { done in
                progress(
                    Progress(
                        done: index * (repeats + 1) + done, total: sizes.count * (repeats + 1), batchSize: size))
            }
            do {
                result.rows.append(try await row(subject, size, speech, monitor, report))
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                let word = subject.isOutOfMemory(error) ? "out_of_memory" : "failed"
                result.rows.append(.init(batchSize: size, ok: false, error: word, message: "\(error)"))
            }
        }
        return result
    }

    private func row(
        _ subject: any BenchSubject, _ size: Int, _ speech: [Int16], _ monitor: DeviceMonitor?,
        _ report: @Sendable (Int) -> Void
    ) async throws -> BenchResult.Row {
        report(0)
        let work = try await subject.prepare(batchSize: size)
        _ = try await work.make(speech)
        var times: [BenchTimes] = []
        let usage = DeviceUsage(monitor)
        for done in 0..<repeats {
            try Task.checkCancellation()
            report(done + 1)
            times.append(try await usage.watch { try await work.make(speech) })
        }
        var row = BenchResult.Row(batchSize: size, ok: true)
        let perSpeech = BenchResult.Spread(times.map(\.speech), unit: .seconds(1))
        let frames = FrameTiming.frameCount(ofSamples: speech.count)
        let rates = times.map { Double($0.frames) / ($0.batches / .seconds(1)) }.sorted()
        row.timeForAudio = perSpeech
        row.timePerFrame = perSpeech.median * 1000 / Double(frames)
        row.batchTime = BenchResult.Spread(times.flatMap(\.batch), unit: .milliseconds(1))
        row.framesPerSecond = rates[rates.count / 2]
        row.sessionsAtFPS = rates[rates.count / 2] / Double(FrameTiming.fps)
        row.memoryUsed = usage.mostMemory.map { Int($0.used) }
        row.memoryTotal = usage.mostMemory.map { Int($0.total) }
        row.utilisation = usage.utilisation
        return row
    }
}

/// Why nothing can be measured.
public enum BenchError: Error, Equatable, CustomStringConvertible {
    /// Batch sizes that are none, or the same twice.
    case sizes([Int])
    /// How often to measure.
    case repeats(Int)
    /// How long the speech is.
    case seconds(Double)

    /// What was found, and what was expected.
    public var description: String {
        switch self {
        case .sizes(let sizes):
            "--batch-sizes is \(sizes.map(String.init).joined(separator: ",")); expected different sizes, 1 to 256, e.g. "
                + Bench.standardSizes.map(String.init).joined(separator: ",") + "."
        case .repeats(let count): "--repeats is \(count); expected \(Bench.repetitions)."
        case .seconds(let seconds): "--seconds is \(seconds); expected \(Bench.lengths)."
        }
    }
}

extension BenchResult.Spread {
    /// The spread of some times; zero of none.
    init(_ times: [Duration], unit: Duration) {
        let sorted = times.map { $0 / unit }.sorted()
        func percentile(_ share: Double) -> Double {
            sorted.isEmpty ? 0 : sorted[Int((Double(sorted.count - 1) * share).rounded())]
        }
        self.init(median: percentile(0.5), p5: percentile(0.05), p95: percentile(0.95))
    }
}
