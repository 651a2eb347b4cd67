import Foundation
import FoundationNetworking
import Synchronization
import Testing

@testable import visavis

/// `visavis serve` as a process, as a supervisor runs it.
@Suite struct ServeTests {
    /// The program that was built with these tests.
    private static let program = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".build/debug/visavis")
    private static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: program.path) }

    /// A running process, and what it has written to standard error.
    private final class Running: Sendable {
        let process: Process
        private let lines = AsyncStream.makeStream(of: String.self)
        private let text = Mutex("")

        init(_ arguments: [String], environment: [String: String] = [:]) throws {
            process = Process()
            process.executableURL = ServeTests.program
            process.arguments = arguments
            process.currentDirectoryURL = FileManager.default.temporaryDirectory
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            let pipe = Pipe()
            process.standardError = pipe
            pipe.fileHandleForReading.readabilityHandler = { [self] handle in
                let data = handle.availableData
                if data.isEmpty {
                    handle.readabilityHandler = nil
                    return lines.continuation.finish()
                }
                let all = text.withLock { text in
                    text += String(decoding: data, as: UTF8.self)
                    return text
                }
                lines.continuation.yield(all)
            }
            try process.run()
        }

        /// Waits until it has written `words`; returns all that it has written. Nil if it ended without.
        func written(_ words: String) async -> String? {
            for await text in lines.stream where text.contains(words) { return text }
            return nil
        }

        /// Waits for its end; returns all that it has written.
        func end() async -> String {
            for await _ in lines.stream {}
            process.waitUntilExit()
            return text.withLock { $0 }
        }
    }

    @Test(.enabled(if: isBuilt)) func itSaysWhereItIsReadyAndStopsOnSIGTERM() async throws {
        let serve = try Running(["serve", "--port", "0"])
        let text = try #require(await serve.written("Ready"))
        let port = try #require(text.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)/)?.1)
        let (_, response) = try await URLSession.shared.data(
            from: try #require(URL(string: "http://127.0.0.1:\(port)/readyz")))
        #expect((response as? HTTPURLResponse)?.statusCode == 200)

        let second = try Running(["serve", "--port", "\(port)"])
        let refusal = await second.end()
        #expect(second.process.terminationStatus == 1)
        #expect(refusal.contains("127.0.0.1:\(port) is in use"), "\(refusal)")

        serve.process.terminate()
        _ = await serve.end()
        #expect(serve.process.terminationStatus == 0)
        #expect(serve.process.terminationReason == .exit)
    }

    @Test(
        .enabled(if: isBuilt),
        arguments: [
            (["serve", "--port", "many"], "`port` is “many”"), (["serve", "--avatar", "nobody"], "nobody"),
            (["serve", "--engine", "magic"], "no engine \"magic\""), (["serve", "--voice", "nobody"], "no voice"),
            (["serve", "--responder", "oracle"], "no responder"), (["serve", "--config", "none.yaml"], "none.yaml"),
            (["load", "--silent", "--url", "ws://127.0.0.1:1/"], "127.0.0.1:1"),
            (["load", "--silent", "--url", "http://127.0.0.1/"], "scheme"), (["load"], "--audio"),
            (["load", "--audio", "none.wav"], "none.wav"),
        ])
    func whatIsWrongIsSaidAndTheExitCodeIsNotZero(arguments: [String], message: String) async throws {
        let run = try Running(arguments)
        let text = await run.end()
        #expect(run.process.terminationStatus != 0)
        #expect(text.contains(message), "\(text)")
    }

    @Test(.enabled(if: isBuilt)) func theEnvironmentIsRead() async throws {
        let run = try Running(["serve"], environment: ["VISAVIS_PORT": "70000"])
        let text = await run.end()
        #expect(run.process.terminationStatus == 1)
        #expect(text.contains("VISAVIS_PORT") && text.contains("0 to 65535"), "\(text)")
    }
}
