import Foundation
import Load
import TestSupport
import Testing

@testable import visavis

/// `visavis serve` as a process, as a supervisor runs it.
@Suite(.timeLimit(.minutes(10))) struct ServeTests {
    /// The program that was built with these tests: it lies beside them.
    private static let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "visavis")

    /// A running process that writes its standard error into a file.
    private final class Running: Sendable {
        let process: ChildProcess
        private let log: URL

        init(_ arguments: [String], environment: [String: String] = [:]) throws {
            log = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString).log")
            process = try ChildProcess(ServeTests.program, arguments, environment: environment, errors: log)
        }

        deinit {
            process.terminate()
            try? FileManager.default.removeItem(at: log)
        }

        private var text: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

        /// Waits until it has written `words`; returns all that it has written. Nil if it ended without.
        func written(_ words: String) async throws -> String? {
            while process.isRunning, !text.contains(words) { try await Task.sleep(for: .milliseconds(20)) }
            let text = text
            return text.contains(words) ? text : nil
        }

        /// Waits for its end; returns all that it has written.
        func end() async throws -> String {
            while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
            return text
        }
    }

    @Test func itSaysWhereItIsReadyAndStopsOnSIGTERM() async throws {
        let serve = try Running(["serve", "--port", "0"])
        let text = try #require(try await serve.written("Ready"))
        let port = try #require(text.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)/)?.1)
        let plan = LoadPlan(
            endpoint: try LoadPlan.Endpoint("ws://127.0.0.1:\(port)"), sessions: 1, seconds: 0.2, speech: [])
        #expect(try await LoadTest(plan).run().isClean)

        let second = try Running(["serve", "--port", "\(port)"])
        let refusal = try await second.end()
        #expect(second.process.waitForExit() == 1)
        #expect(refusal.contains("127.0.0.1:\(port) is in use"), "\(refusal)")

        serve.process.terminate()
        _ = try await serve.end()
        #expect(serve.process.waitForExit() == 0)
    }

    @Test(
        arguments: [
            (["serve", "--port", "many"], "`port` is “many”"),
            (["serve", "--port", "0", "--avatar", "nobody"], "nobody"),
            (["serve", "--port", "0", "--engine", "magic"], "“magic”; expected is one of auto, viseme, musetalk"),
            (["serve", "--port", "0", "--voice", "nobody"], "no voice"),
            (["serve", "--port", "0", "--responder", "oracle"], "no responder"),
            (["serve", "--port", "0", "--config", "none.yaml"], "none.yaml"),
            // A name that is wrong, or a port that cannot be had, is found before an avatar is looked for.
            (["serve", "--port", "0", "--avatar", "nobody", "--voice", "nothing"], "no voice \"nothing\""),
            (["serve", "--port", "0", "--avatar", "nobody", "--responder", "oracle"], "no responder"),
            (["serve", "--port", "0", "--avatar", "nobody", "--host", "192.0.2.1"], "192.0.2.1"),
            (["load", "--silent", "--url", "ws://127.0.0.1:1/"], "127.0.0.1:1"),
            (["load", "--silent", "--url", "http://127.0.0.1/"], "scheme"), (["load"], "--audio"),
            (["load", "--audio", "none.wav"], "none.wav"),
        ])
    func whatIsWrongIsSaidAndTheExitCodeIsNotZero(arguments: [String], message: String) async throws {
        let run = try Running(arguments)
        let text = try await run.end()
        #expect(run.process.waitForExit() != 0)
        #expect(text.contains(message), "\(text)")
    }

    @Test func theEnvironmentIsRead() async throws {
        let run = try Running(["serve"], environment: ["VISAVIS_PORT": "70000"])
        let text = try await run.end()
        #expect(run.process.waitForExit() == 1)
        #expect(text.contains("VISAVIS_PORT") && text.contains("0 to 65535"), "\(text)")
    }
}
