public import ArgumentParser
import Foundation
import Home
public import Models

/// `visavis models import`.
struct ModelsImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a model of MuseTalk's weights.",
        discussion: """
            The folder has MuseTalk's own layout: musetalkV15/unet.pth and musetalk.json (or musetalk/ for version 1.0), \
            sd-vae/ and whisper/; .pth, .bin and .safetensors are read, and no code in them is run. The first import \
            installs PyTorch in a virtual environment of its own; VISAVIS_IMPORT_PYTHON names another Python.

            EXAMPLES
              visavis models import --from MuseTalk/models --to models/musetalk
              visavis models import --from MuseTalk/models --precision fp16
              visavis models import --random-weights full --to models/random
            """)

    @Option(name: .customLong("from"), help: "The folder with the weights.", completion: .directory)
    var source: String?
    @Option(
        help: "Random weights instead: full for benchmarks, mini for tests.")
    var randomWeights: ModelImport.Size?
    @OptionGroup var target: ModelTarget
    @Option(help: "1.5 or 1.0, where the folder holds both.")
    var modelVersion: String?
    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        guard (source == nil) != (randomWeights == nil) else {
            throw ValidationError("Say where the weights come from: --from DIR, or --random-weights full.")
        }
        guard [nil, "1.5", "1.0"].contains(modelVersion) else {
            throw ValidationError("--model-version is \(modelVersion ?? ""); expected 1.5 or 1.0.")
        }
    }

    func run() async throws {
        let command = self
        try await Interruption.cancels { try await command.importModel() }
    }

    private func importModel() async throws {
        let from: ModelImport.Source =
            if let source { .folder(URL(filePath: source)) } else { .randomWeights(randomWeights ?? .full) }
        let home = VisavisHome()
        let to = target.folder(for: defaultName, in: home)
        let importing = ModelImport(from: from, to: to, precision: target.precision, version: modelVersion)
        let model = try await importing.run(home: home, showing: ModelsProgress(isShown: !json))
        print(json ? try MachineOutput.line(ModelSummary(model)) : ModelSummary(model).made)
    }

    /// A name that says what it is.
    private var defaultName: String {
        if let randomWeights { return "random-\(randomWeights.rawValue)" }
        let isNew = FileManager.default.fileExists(atPath: "\(source ?? ".")/musetalkV15")
        return "musetalk-\(modelVersion ?? (isNew ? "1.5" : "1.0"))"
    }
}

extension ModelImport.Size: ExpressibleByArgument {}

extension ModelImport {
    /// Imports, and shows how far it is.
    func run(home: VisavisHome, showing progress: ModelsProgress) async throws -> ModelDirectory {
        defer { progress.clear() }
        return try await run(home: home) { step in
            switch step {
            case .installing(let words): progress.show("Installing Python packages  \(words)")
            case .stage(let text, let done, let total): progress.show(text, done: done, of: total)
            }
        }
    }
}
