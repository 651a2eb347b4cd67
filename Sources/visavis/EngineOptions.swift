import ArgumentParser
import Engines

/// The flags that choose an engine, for every command that shows an avatar. What is not given is taken from the
/// settings' other sources.
struct EngineOptions: ParsableArguments {
    @Option(help: "What moves the lips: \(EngineSettings.Name.allCases.map(\.rawValue).joined(separator: ", ")).")
    var engine: String?
    @Option(help: "The model of musetalk: the name of an imported one, or the path of a model directory.")
    var model: String?
    @Option(help: "Where the model runs: cpu, cpu:0-3 (some cores), cuda:N or tensorrt:N; or several: cuda:0,cuda:1.")
    var device: String?
    @Option(help: "Threads of a model on the CPU; 0 for one a core.")
    var threads: String?
    @Option(help: "The most frames that a model makes in one run.")
    var batchSize: String?

    /// The values by setting name.
    var flags: [String: String?] {
        ["engine": engine, "model": model, "device": device, "threads": threads, "batch_size": batchSize]
    }
}
