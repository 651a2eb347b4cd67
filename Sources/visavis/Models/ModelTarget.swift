public import ArgumentParser
import Foundation
import Home
public import Models

/// The flags that say which model an import makes, and where.
struct ModelTarget: ParsableArguments {
    @Option(name: .customLong("to"), help: "The model directory to make; by default one of the home's models.")
    var folder: String?
    @Option(help: "How the graphs compute: fp32 for CPUs, fp16 for NVIDIA GPUs.")
    var precision = ModelImport.Precision.fp32

    /// The model directory: the one asked for, or one in the home, named after what is imported.
    func folder(for name: String, in home: VisavisHome) -> URL {
        folder.map { URL(filePath: $0) }
            ?? home.models.appending(path: precision == .fp16 ? "\(name)-fp16" : name)
    }
}

extension ModelImport.Precision: ExpressibleByArgument {}
