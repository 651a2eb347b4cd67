import ArgumentParser
import Foundation
import Home
import Models

/// `visavis models pull`.
struct ModelsPull: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Fetch a public model, and import it where it needs that.",
        discussion: """
            Interrupted, it goes on where it was when it is started again. Every file's SHA-256 is checked: against the \
            one that comes with Visavis, or, where none is known beforehand, against the one that the server says.

            EXAMPLES
              visavis models pull musetalk-1.5
              visavis models pull musetalk-1.5 --precision fp16 --keep-downloads
              visavis models pull silero-vad
            """)

    @Argument(help: "The model: musetalk-1.5, musetalk-1.0 or silero-vad.")
    var name: String
    @OptionGroup var target: ModelTarget
    @Option(help: "Another place with the same files; by default \(ModelPull.standardBase), or HF_ENDPOINT.")
    var baseURL: String?
    @Flag(help: "Keep the fetched files after the import, e.g. for another precision.")
    var keepDownloads = false
    @Flag(help: "Fetch only.")
    var noImport = false
    @Flag(help: "Print the result as one JSON object.")
    var json = false

    private var base: String {
        baseURL ?? ProcessInfo.processInfo.environment["HF_ENDPOINT"] ?? ModelPull.standardBase
    }

    func validate() throws {
        guard let url = URL(string: base), ["http", "https"].contains(url.scheme), url.host() != nil else {
            throw ValidationError("--base-url is \"\(base)\"; expected a URL like \(ModelPull.standardBase).")
        }
    }

    func run() async throws {
        let command = self
        try await Interruption.cancels { try await command.pull() }
    }

    private func pull() async throws {
        let home = VisavisHome()
        let entry = try ModelCatalogue.standard().entry(name)
        guard let version = entry.version else { return try await pullReady(entry, home: home) }
        let to = target.folder(for: name, in: home)
        if !noImport, FileManager.default.fileExists(atPath: to.path) { throw ModelError.alreadyThere(to.path) }
        let folder = home.downloads.appending(path: name)
        let files = try await fetch(entry, to: folder)
        guard !noImport else { return try say(files, in: folder, model: nil) }
        let importing = ModelImport(from: .folder(folder), to: to, precision: target.precision, version: version)
        let model = try await importing.run(home: home, showing: ModelsProgress(isShown: !json))
        if !keepDownloads { try? FileManager.default.removeItem(at: folder) }
        try say(files, in: folder, model: ModelSummary(model))
    }

    /// Fetches a model that needs no import: beside the others, where `visavis serve` finds it.
    private func pullReady(_ entry: ModelCatalogue.Entry, home: VisavisHome) async throws {
        guard target.precision == .fp32 else { throw ValidationError("\(name) is not made in other precisions.") }
        let folder = target.folder.map { URL(filePath: $0) } ?? home.models
        let files = try await fetch(entry, to: folder)
        guard !json else { return print(try MachineOutput.line(Result(files: files, model: nil))) }
        for file in files { print("\(folder.appending(path: file.file).path): \(entry.title)") }
    }

    private func fetch(_ entry: ModelCatalogue.Entry, to folder: URL) async throws -> [PulledFile] {
        let base = baseURL ?? entry.base ?? base
        guard let base = URL(string: base) else { throw ValidationError("\(base) is no URL.") }
        let progress = ModelsProgress(isShown: !json)
        defer { progress.clear() }
        return try await ModelPull(entry, from: base, to: folder).run { file, done, total in
            progress.show(file, bytes: done, of: total)
        }
    }

    private func say(_ files: [PulledFile], in folder: URL, model: ModelSummary?) throws {
        if json {
            print(try MachineOutput.line(Result(files: files, model: model)))
            return
        }
        for file in files where file.vouchedForBy != .catalogue {
            let voucher = file.vouchedForBy == .server ? "as the server says" : "which nobody vouches for"
            print("\(file.file): SHA-256 \(file.sha256), \(voucher)")
        }
        print(
            model?.made ?? "\(folder.path): \(files.count) files; `visavis models import --from` makes a model of them")
    }

    private struct Result: Encodable {
        var files: [PulledFile]
        var model: ModelSummary?
    }
}
