import ArgumentParser
import Avatars
import Bench
import BenchResult
import Charts
import Foundation
import Hardware
import Home
import Inference
import LipSync
import Models

/// `visavis bench run`.
struct BenchRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Measure batch sizes of an engine on a device.",
        discussion: """
            For each size: the time from a speech to the last of its frames, the time of a batch, frames a second, \
            speaking sessions that they are enough for, memory, and how busy the device is. A size for which there is no \
            memory says so in its row. `visavis plan` and `visavis simulate` read the result.

            Speed does not depend on the weights: --random-weights full makes a model of MuseTalk's size, without a \
            download, or takes the one that an earlier run has made; at fp16 for a GPU, at fp32 for the CPU.

            EXAMPLES
              visavis bench --random-weights full --device cuda:0 --out results
              visavis bench --model musetalk-1.5 --batch-sizes 1,4,8
            """)

    @Option(help: "What moves the lips: viseme, or musetalk, if a model is given.")
    var engine: String?
    @Option(help: "The model of musetalk: the name of an imported one, or the path of a model directory.")
    var model: String?
    @Option(help: "A model of random weights in place of --model: full, or mini for trying.")
    var randomWeights: ModelImport.Size?
    @Option(help: "How that one computes: fp32, or fp16, if not given, on a GPU.")
    var precision: ModelImport.Precision?
    @Option(help: "Who is painted with viseme: the id of an avatar, or the path of a bundle.")
    var avatar = AvatarLibrary.defaultAvatar
    @Option(help: "Where the model runs: cpu, cpu:A-B, cuda:N or tensorrt:N.")
    var device = "cpu"
    @Option(help: "Threads of a model on the CPU, or cores of viseme; 0 for one a core.")
    var threads = 0
    @Option(help: "The sizes, with commas.")
    var batchSizes = Bench.standardSizes.map(String.init).joined(separator: ",")
    @Option(help: "How often each size is measured.")
    var repeats = 5
    @Option(help: "The length of the speech, in seconds.")
    var seconds = 2.0
    @Option(help: "The folder for bench.json and bench.html.", completion: .directory)
    var out: String?
    @Flag(help: "Print the JSON instead of a table.")
    var json = false

    func validate() throws {
        guard ["viseme", "musetalk"].contains(engine ?? defaultEngine) else {
            throw ValidationError("--engine is \(engine ?? ""); expected viseme or musetalk.")
        }
        guard model == nil || randomWeights == nil else {
            throw ValidationError("--model and --random-weights exclude each other; give one of them.")
        }
        guard precision == nil || randomWeights != nil else {
            throw ValidationError("--precision is for --random-weights; a model has its own.")
        }
        guard engine != "musetalk" || defaultEngine == engine else {
            throw ValidationError(
                "Name the model of musetalk with --model; `visavis models list` shows them. Or --random-weights full.")
        }
        guard 0...1024 ~= threads else { throw ValidationError("--threads is \(threads); expected 0 to 1024.") }
        do {
            _ = try bench()
        } catch let error as BenchError {
            throw ValidationError("\(error)")
        }
    }

    func run() async throws {
        let command = self
        try await Interruption.cancels { try await command.measure() }
    }

    private func measure() async throws {
        let bench = try bench()
        let place = try InferenceDevice(device)
        let subject = try await subject(on: place)
        let line = json ? ProgressLine(isShown: false) : ProgressLine()
        let result = try await bench.run(
            subject, monitor: try? DeviceMonitor(place.hardware), machine: MachineDescription.line
        ) { progress in
            line.show(ProgressLine.bar(done: progress.done, of: progress.total, "batches of \(progress.batchSize)"))
        }
        line.clear()
        if let out { try write(result, to: URL(filePath: out, directoryHint: .isDirectory)) }
        if json {
            print(String(decoding: try result.json(), as: UTF8.self), terminator: "")
        } else {
            let table = Columns.lines([BenchFigures.head(result)] + result.rows.map(BenchFigures.cells))
            let reasons = result.rows.compactMap { row in row.message.map { "\(row.batchSize): \($0)" } }
            print((table + reasons).joined(separator: "\n"))
        }
        guard result.rows.contains(where: \.ok) else { throw ExitCode.failure }
    }

    private var defaultEngine: String { model == nil && randomWeights == nil ? "viseme" : "musetalk" }

    private func bench() throws -> Bench {
        let sizes = batchSizes.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        return try Bench(sizes: sizes, repeats: repeats, seconds: seconds)
    }

    private func subject(on place: InferenceDevice) async throws -> any BenchSubject {
        let threads = threads == 0 ? nil : threads
        guard (engine ?? defaultEngine) == "musetalk" else {
            return StudioBench(
                try await AvatarLibrary().load(avatar), lips: VisemeEngine(warn: Warning.show),
                cores: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        }
        // What is wrong with the device is wrong with every size, and said before a model is made for it.
        try InferenceRuntime.shared().prove(place)
        if let randomWeights {
            let random = RandomModel(size: randomWeights, precision: precision ?? (place.gpu == nil ? .fp32 : .fp16))
            let directory = try await random.directory(in: VisavisHome(), showing: ModelsProgress(isShown: !json))
            return FaceBench(random.name, directory, on: place, threads: threads)
        }
        return FaceBench(model ?? "", try ModelLibrary().open(model ?? ""), on: place, threads: threads)
    }

    private func write(_ result: BenchResult, to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try result.json().write(to: folder.appending(path: "bench.json"), options: .atomic)
        try Data(BenchPage.report(result).html.utf8)
            .write(to: folder.appending(path: "bench.html"), options: .atomic)
    }
}
