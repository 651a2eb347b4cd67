import Foundation
import Home
import Subprocess

/// The Python that imports models: the one of `VISAVIS_IMPORT_PYTHON`, or one with its packages in a virtual
/// environment of the home, made when it is first needed and again when the requirements change.
struct ImportEnvironment: Sendable {
    let home: VisavisHome
    var environment = ProcessInfo.processInfo.environment

    /// The folder of the Python files.
    static var scripts: URL {
        (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appending(path: "Import")
    }

    /// The interpreter, with everything that it needs.
    /// - Parameter onLine: is called with what the installation says.
    /// - Throws: ``ModelError/python(_:)``, or `CancellationError`.
    func python(onLine: (String) -> Void) async throws -> String {
        if let chosen = environment["VISAVIS_IMPORT_PYTHON"], !chosen.isEmpty {
            guard FileManager.default.isExecutableFile(atPath: chosen) else {
                throw ModelError.python(
                    "VISAVIS_IMPORT_PYTHON is \(chosen): no program; expected a Python with the packages of \(requirements.path)."
                )
            }
            return chosen
        }
        let wanted = try SHA256.sum(ofFile: requirements)
        let folder = home.importEnvironment
        let python = folder.appending(path: "bin/python").path
        let mark = folder.appending(path: "requirements.sha256")
        let found = try? String(contentsOf: mark, encoding: .utf8)
        if found == wanted, FileManager.default.isExecutableFile(atPath: python) { return python }
        try await install(into: folder, mark: (mark.lastPathComponent, wanted), onLine: onLine)
        return python
    }

    private var requirements: URL { Self.scripts.appending(path: "requirements.txt") }

    /// Makes the environment beside its place, so that there never is half of one.
    private func install(
        into folder: URL, mark: (name: String, text: String), onLine: (String) -> Void
    ) async throws {
        let files = FileManager.default
        let beside = folder.deletingLastPathComponent().appending(path: ".import-venv-\(UUID().uuidString)")
        defer { try? files.removeItem(at: beside) }
        do {
            try files.createDirectory(at: home.folder, withIntermediateDirectories: true)
        } catch {
            throw ModelError.file(home.folder.path, reason: "the folder cannot be made: \(error.localizedDescription)")
        }
        try await run(
            "python3", ["-m", "venv", beside.path], onLine: onLine,
            problem:
                "Python's venv could not be made. Importing needs Python 3.10 or later with venv (Debian: apt-get install python3-venv), once; serving does not."
        )
        let python = beside.appending(path: "bin/python").path
        let pip = ["-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--progress-bar", "off"]
        try await run(
            python, pip + ["-r", requirements.path], onLine: onLine,
            problem: "The Python packages that importing needs could not be installed.")
        do {
            try Data(mark.text.utf8).write(to: beside.appending(path: mark.name))
            try? files.removeItem(at: folder)
            try files.moveItem(at: beside, to: folder)
        } catch {
            throw ModelError.file(folder.path, reason: error.localizedDescription)
        }
    }

    private func run(
        _ program: String, _ arguments: [String], onLine: (String) -> Void, problem: String
    ) async throws {
        let outcome: Script.Outcome
        do {
            outcome = try await Script(program: program, arguments: arguments).run { line in
                onLine(line)
                return false
            }
        } catch let error as SubprocessError {
            throw ModelError.python("\(problem) \(error)")
        }
        guard outcome.isSuccess else {
            throw ModelError.python(([problem] + outcome.tail.suffix(4)).joined(separator: "\n    "))
        }
    }
}
