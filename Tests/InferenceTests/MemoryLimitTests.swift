import Foundation
import TestSupport
import Testing

/// A process that may have only so much memory loads and runs a graph.
@Suite(.timeLimit(.minutes(10)), .enabled(if: TrainedModel.faceDetector.exists))
struct MemoryLimitTests {
    /// What stands beside the tests, wherever they are built.
    private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "inference-bench").path

    /// From too little to open the library up to enough: whatever it is that finds none left, it ends in an error.
    @Test func memoryThatRunsOutAnywhereIsAnError() throws {
        let folder = try TemporaryFolder()
        let errors = folder.url.appending(path: "errors")
        var words: [String] = []
        for megabytes in [100, 120, 130, 140, 150, 170, 190, 1_500] {
            let command =
                "echo 1 | prlimit --as=\(megabytes * 1_000_000) '\(Self.program)' '\(TrainedModel.faceDetector.path)' cpu 2"
            let child = try ChildProcess(URL(filePath: "/bin/sh"), ["-c", command], errors: errors)
            let status = child.waitForExit()
            let said = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
            #expect(status == 0 || status == 1, "\(megabytes) MB: \(said)")
            if status != 0 { words.append(said) }
        }
        #expect(words.contains { $0.hasPrefix("Memory ran out while ") }, "\(words)")
        #expect(words.count < 8, "1.5 GB are enough")
    }
}
