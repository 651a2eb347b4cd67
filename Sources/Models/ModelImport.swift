public import Foundation
public import Home
import Subprocess

/// Makes a model directory of MuseTalk's weights. PyTorch does the work, in a Python of its own; see `Import/`.
public struct ModelImport: Sendable {
    /// Where the weights come from.
    public enum Source: Sendable, Equatable {
        /// A folder in MuseTalk's layout: `musetalkV15/` or `musetalk/`, `sd-vae/`, `whisper/`.
        case folder(URL)
        /// A seeded random generator: as large and as slow as the real model, but without a download.
        case randomWeights(Size)
    }

    /// How large a model of random weights is.
    public enum Size: String, Sendable, CaseIterable {
        /// As MuseTalk is.
        case full
        /// A few channels: for tests.
        case mini
    }

    /// How the graphs compute.
    public enum Precision: String, Sendable, CaseIterable {
        /// float32: for CPUs.
        case fp32
        /// float16 with ONNX Runtime's fused operators for CUDA: for GPUs.
        case fp16
    }

    /// How far it is.
    public enum Progress: Sendable, Equatable {
        /// The Python packages are being installed, the first time only; what the installer says.
        case installing(String)
        /// A stage begins; `done` of `total` are over.
        case stage(String, done: Int, of: Int)
    }

    /// Where the weights come from.
    public var source: Source
    /// Where the model goes; there must be nothing yet.
    public var target: URL
    /// How the graphs compute.
    public var precision: Precision
    /// The version that is meant, where a folder holds both; `1.5` or `1.0`.
    public var version: String?

    /// An import from `source` to `target`.
    public init(from source: Source, to target: URL, precision: Precision = .fp32, version: String? = nil) {
        self.source = source
        self.target = target
        self.precision = precision
        self.version = version
    }

    /// Imports. The model appears at `target` when it is complete; of a failed import nothing is left.
    /// - Parameter home: where the Python packages are.
    /// - Throws: ``ModelError``, or `CancellationError`.
    public func run(
        home: VisavisHome = VisavisHome(), onProgress: (Progress) -> Void = { _ in }
    ) async throws -> ModelDirectory {
        // What is wrong with the places is said before packages are installed for a minute.
        guard !FileManager.default.fileExists(atPath: target.path) else { throw ModelError.alreadyThere(target.path) }
        if case .folder(let folder) = source {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
            guard exists, isFolder.boolValue else {
                throw ModelError.badSource(
                    kind: "missing", message: "\(folder.path): no folder; expected the one that holds musetalkV15/.")
            }
        }
        let python = try await ImportEnvironment(home: home).python { onProgress(.installing($0)) }
        try await convert(with: python, onProgress: onProgress)
        return try ModelDirectory(target)
    }

    private func convert(with python: String, onProgress: (Progress) -> Void) async throws {
        var problem: ModelError?
        let outcome: Script.Outcome
        do {
            outcome = try await Script(
                program: python, arguments: ["-B", ImportEnvironment.scripts.path] + arguments,
                // Nothing is to be fetched: all files are at hand.
                environment: ["HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONUNBUFFERED": "1"]
            ).run { line in
                switch ImportMessage(line: line) {
                case .stage(let text, let done, let total): onProgress(.stage(text, done: done, of: total))
                case .problem(let kind, let message): problem = .badSource(kind: kind, message: message)
                case .done: break
                case nil: return false
                }
                return true
            }
        } catch let error as SubprocessError {
            throw ModelError.python("\(python) could not be started: \(error)")
        }
        if let problem { throw problem }
        guard outcome.isSuccess else {
            let words = outcome.tail.isEmpty ? "it said nothing" : outcome.tail.joined(separator: "\n    ")
            throw ModelError.importer(words)
        }
    }

    private var arguments: [String] {
        var arguments = ["--to", target.path, "--precision", precision.rawValue]
        switch source {
        case .folder(let folder): arguments += ["--from", folder.path]
        case .randomWeights(let size): arguments += ["--random-weights", size.rawValue]
        }
        if let version { arguments += ["--model-version", version] }
        return arguments
    }
}
