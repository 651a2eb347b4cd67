import Foundation

/// Where ONNX Runtime is looked for.
struct LibrarySearch {
    /// The environment variable that names the library, or the folder that it is in.
    static let variable = "VISAVIS_ONNXRUNTIME"

    /// One place to look at.
    enum Place: Equatable {
        /// What the user has named: if it is unusable, nothing else is tried.
        case named(String)
        /// A Python environment's package, by the folder that `libonnxruntime.so*` should be in.
        case environment(String)
        /// A name that the system's loader resolves.
        case system(String)
    }

    var environment: [String: String]
    /// The folder of the running program.
    var programFolder: String
    /// The folder that the program was started in.
    var workingFolder: String

    /// This process's.
    static var current: LibrarySearch {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return LibrarySearch(
            environment: ProcessInfo.processInfo.environment,
            programFolder: (program as NSString).deletingLastPathComponent,
            workingFolder: FileManager.default.currentDirectoryPath)
    }

    /// Every place, in the order of looking.
    var places: [Place] {
        if let named = environment[Self.variable], !named.isEmpty { return [.named(named)] }
        var folders: [String] = []
        for start in [programFolder, workingFolder] where start.hasPrefix("/") {
            var folder = start
            while true {
                let candidate = (folder as NSString).appendingPathComponent(".venv")
                if !folders.contains(candidate) { folders.append(candidate) }
                if folder == "/" { break }
                folder = (folder as NSString).deletingLastPathComponent
            }
        }
        return folders.map { .environment($0) } + [.system("libonnxruntime.so.1"), .system("libonnxruntime.so")]
    }

    /// The libraries in a folder, of which the wheel has one, named after its version.
    static func libraries(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0 == "libonnxruntime.so" || $0.hasPrefix("libonnxruntime.so.") }.sorted()
            .map { (folder as NSString).appendingPathComponent($0) }
    }

    /// The libraries that a Python environment has, if any.
    static func libraries(inEnvironment environment: String) -> [String] {
        let folder = (environment as NSString).appendingPathComponent("lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return versions.filter { $0.hasPrefix("python3") }.sorted().flatMap { version in
            libraries(in: "\(folder)/\(version)/site-packages/onnxruntime/capi")
        }
    }
}
