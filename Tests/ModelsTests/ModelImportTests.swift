import Foundation
import Home
import TestSupport
import Testing

@testable import Models

/// What an import needs, beside the project and in its build folder.
private enum Importer {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let checkpoint = project.deletingLastPathComponent().appending(path: "shared/musetalk-mini")
    static let home = VisavisHome(project.appending(path: ".build/home"))

    static var isThere: Bool {
        let files = FileManager.default
        return files.fileExists(atPath: checkpoint.path)
            && files.isExecutableFile(atPath: home.importEnvironment.appending(path: "bin/python").path)
    }
}

/// The importer itself, with the Python that `make test` has installed for the model of the tests.
@Suite(.timeLimit(.minutes(10)), .serialized, .enabled(if: Importer.isThere)) struct ModelImportTests {
    private let temporary: TemporaryFolder
    private var source: URL { temporary.url.appending(path: "source") }
    private var target: URL { temporary.url.appending(path: "models/made") }

    /// A copy of the checkpoint, to be damaged.
    init() throws {
        temporary = try TemporaryFolder()
        try FileManager.default.copyItem(at: Importer.checkpoint, to: source)
        for case let path as String in FileManager.default.enumerator(atPath: source.path) ?? .init() {
            let file = source.appending(path: path).path
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        }
    }

    /// What an import says, and that nothing is left of it.
    private func problem() async throws -> (kind: String, message: String) {
        do {
            _ = try await ModelImport(from: .folder(source), to: target).run(home: Importer.home)
            return ("", "nothing")
        } catch ModelError.badSource(let kind, let message) {
            #expect(!FileManager.default.fileExists(atPath: target.path))
            let left = try? FileManager.default.contentsOfDirectory(atPath: target.deletingLastPathComponent().path)
            #expect((left ?? []) == [])
            return (kind, message)
        }
    }

    private func file(_ name: String) -> URL { source.appending(path: name) }

    @Test func aCheckpointThatIsCutShortIsDamaged() async throws {
        let unet = file("musetalkV15/unet.pth")
        try Data(contentsOf: unet).prefix(1_000_000).write(to: unet)
        let problem = try await problem()
        #expect(problem.kind == "damaged" && problem.message.contains("unet.pth"), "\(problem)")
    }

    @Test func aCheckpointThatAsksToRunCodeIsRefused() async throws {
        let trace = temporary.url.appending(path: "ran")
        try Data("cos\nsystem\n(S'touch \(trace.path)'\ntR.".utf8).write(to: file("musetalkV15/unet.pth"))
        let problem = try await problem()
        #expect(problem.kind == "refused" && problem.message.contains("unet.pth"), "\(problem)")
        #expect(!FileManager.default.fileExists(atPath: trace.path))
    }

    @Test func weightsOfAnotherArchitectureNameTheFirstThatDoNotFit() async throws {
        let config = file("musetalkV15/musetalk.json")
        let text = try String(contentsOf: config, encoding: .utf8)
        try Data(text.replacing("\"layers_per_block\": 2", with: "\"layers_per_block\": 3").utf8).write(to: config)
        let problem = try await problem()
        #expect(problem.kind == "architecture", "\(problem)")
        #expect(problem.message.contains("lacks") && problem.message.contains("attentions.2"), "\(problem)")
    }

    @Test func aMissingFileIsNamed() async throws {
        try FileManager.default.removeItem(at: file("whisper/pytorch_model.bin"))
        let problem = try await problem()
        #expect(problem.kind == "missing" && problem.message.contains("whisper"), "\(problem)")
    }

    @Test func aConfigurationThatIsNoneIsDamaged() async throws {
        try Data("not JSON".utf8).write(to: file("sd-vae/config.json"))
        let problem = try await problem()
        #expect(problem.kind == "damaged" && problem.message.contains("sd-vae/config.json"), "\(problem)")
    }

    @Test func aTargetThatIsThereIsNotTouched() async throws {
        let there = try temporary.file("models/made/notes.txt", Array("mine".utf8))
        await #expect(throws: ModelError.alreadyThere(target.path)) {
            try await ModelImport(from: .folder(source), to: target).run(home: Importer.home)
        }
        #expect(try String(contentsOf: there, encoding: .utf8) == "mine")
    }

    @Test func anImportThatIsCancelledLeavesNothing() async throws {
        let importing = ModelImport(from: .folder(source), to: target)
        let task = Task { try await importing.run(home: Importer.home) }
        // Until the folder beside the target is there, the importer has not begun.
        let models = target.deletingLastPathComponent().path
        while ((try? FileManager.default.contentsOfDirectory(atPath: models)) ?? []).isEmpty {
            try await Task.sleep(for: .milliseconds(20))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect((try? FileManager.default.contentsOfDirectory(atPath: models)) == [])
    }
}

@Suite(.timeLimit(.minutes(10))) struct ImportMessageTests {
    @Test func linesOfTheImporterAreUnderstood() {
        let stage = ImportMessage(line: #"{"event": "stage", "text": "Writing face.onnx", "done": 3, "of": 8}"#)
        #expect(stage == .stage("Writing face.onnx", done: 3, of: 8))
        let problem = ImportMessage(line: #"{"event": "problem", "kind": "damaged", "message": "x"}"#)
        #expect(problem == .problem(kind: "damaged", message: "x"))
        #expect(ImportMessage(line: #"{"event": "done", "folder": "/a"}"#) == .done)
    }

    @Test(arguments: ["", "{", "Traceback (most recent call last):", #"{"event": "other"}"#, #"{"text": "x"}"#])
    func otherLinesAreNone(_ line: String) {
        #expect(ImportMessage(line: line) == nil)
    }
}
