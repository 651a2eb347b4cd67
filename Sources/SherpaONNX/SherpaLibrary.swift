import CSherpaONNX
public import Foundation

/// sherpa-onnx, opened while the program runs.
///
/// Some of what is wrong with a model, and some input, makes it end the process (`exit`, or a C++ exception that
/// nothing catches). So it belongs into a process of its own.
public final class SherpaLibrary {
    /// The environment variable that names the library, or the folder that it is in.
    public static let variable = "VISAVIS_SHERPA_ONNX"
    /// The versions whose structures are known.
    public static let version = VISAVIS_SHERPA_VERSION + "x"
    static let fileName = "libsherpa-onnx-c-api.so"

    /// The file that was opened.
    public let path: String
    let functions: SherpaFunctions

    /// Looks for the library: `VISAVIS_SHERPA_ONNX` (and nothing else where that is set), then `.venv` in the folders
    /// above the program and above the working directory, then what the system's loader knows.
    /// - Throws: ``SherpaError/libraryNotFound(places:)`` or ``SherpaError/libraryUnusable(path:reason:)``.
    public convenience init(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SherpaError) {
        if let named = environment[Self.variable], !named.isEmpty {
            let inside = URL(filePath: named).appending(path: Self.fileName).path
            try self.init(path: FileManager.default.fileExists(atPath: inside) ? inside : named)
            return
        }
        let environments = Self.environments()
        if let found = environments.lazy.compactMap(Self.library(inEnvironment:)).first {
            try self.init(path: found)
            return
        }
        guard dlopen(Self.fileName, RTLD_NOW | RTLD_LOCAL) != nil else {
            throw .libraryNotFound(
                places: environments.map { "\($0) (not there, or without the package sherpa-onnx-core)" }
                    + ["\(Self.fileName) (not known to the system's loader)"])
        }
        try self.init(path: Self.fileName)
    }

    /// Opens a library. It stays open until the process ends: it has threads.
    /// - Throws: ``SherpaError/libraryUnusable(path:reason:)``.
    public init(path: String) throws(SherpaError) {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .libraryUnusable(path: path, reason: dlerror().map { String(cString: $0) } ?? "no reason given")
        }
        self.path = path
        functions = try SherpaFunctions(handle, path: path)
        let found = String(cString: functions.version())
        guard found.hasPrefix(VISAVIS_SHERPA_VERSION) else {
            throw .libraryUnusable(path: path, reason: "it is of version \(found)")
        }
    }

    /// Every `.venv` above the program and above the working directory, the nearest first.
    private static func environments() -> [String] {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/"
        var environments: [String] = []
        for start in [URL(filePath: program), URL(filePath: FileManager.default.currentDirectoryPath)] {
            var folder = start.standardizedFileURL
            while folder.path != "/" {
                let environment = folder.appending(path: ".venv").path
                if !environments.contains(environment) { environments.append(environment) }
                folder.deleteLastPathComponent()
            }
        }
        return environments
    }

    private static func library(inEnvironment environment: String) -> String? {
        let folder = "\(environment)/lib"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return versions.filter { $0.hasPrefix("python3") }.sorted()
            .map { "\(folder)/\($0)/site-packages/sherpa_onnx/lib/\(fileName)" }
            .first { FileManager.default.fileExists(atPath: $0) }
    }
}
