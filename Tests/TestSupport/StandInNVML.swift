public import Foundation

/// A library that stands in for NVIDIA's management library and answers what a test says: `StandInNVML/nvml.c`, built by
/// the system's C compiler.
public final class StandInNVML: Sendable {
    /// The library: the value of `VISAVIS_NVML`.
    public let library: URL
    private let folder: TemporaryFolder

    /// Builds it.
    /// - Parameters:
    ///   - state: what it answers, in the lines that `nvml.c` documents.
    ///   - flags: for the compiler.
    public init(_ state: String, flags: [String] = []) throws {
        folder = try TemporaryFolder()
        library = folder.url.appending(path: "libnvidia-ml.so")
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "StandInNVML/nvml.c")
        let compiler = try ChildProcess(
            URL(filePath: "/usr/bin/cc"), ["-shared", "-fPIC", "-o", library.path, source.path] + flags)
        guard compiler.waitForExit() == 0 else { throw CocoaError(.executableLoad) }
        try set(state)
    }

    /// Changes what it answers from now on.
    public func set(_ state: String) throws {
        let file = URL(filePath: library.path + ".state")
        try Data(state.utf8).write(to: file, options: .atomic)
    }

    /// The environment in which it is found.
    public var environment: [String: String] { ["VISAVIS_NVML": library.path] }
}
