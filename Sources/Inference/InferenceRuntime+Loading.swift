import CONNXRuntime
import Glibc
import Synchronization

extension InferenceRuntime {
    private static let opened = Mutex<InferenceRuntime?>(nil)

    /// The one that everything uses that is not told otherwise: looked for at first use, as ``load()`` does.
    /// - Throws: ``InferenceError`` as ``load()`` does; the next use looks again.
    public static func shared() throws(InferenceError) -> InferenceRuntime {
        try opened.withLock { opened throws(InferenceError) in
            if let opened { return opened }
            let runtime = try load()
            opened = runtime
            return runtime
        }
    }

    /// Looks for the library: `VISAVIS_ONNXRUNTIME` (and nothing else where that is set), then `.venv` in the folders
    /// above the program and above the working directory, then what the system's loader knows.
    /// - Throws: ``InferenceError/libraryNotFound(places:)``, ``InferenceError/libraryUnusable(path:reason:)`` or
    ///   ``InferenceError/libraryTooOld(path:version:)``.
    public static func load() throws(InferenceError) -> InferenceRuntime { try load(.current) }

    static func load(_ search: LibrarySearch) throws(InferenceError) -> InferenceRuntime {
        var looked: [String] = []
        for place in search.places {
            switch place {
            case .named(let path):
                let libraries = LibrarySearch.libraries(in: path)
                return try load(libraries.first ?? path)
            case .environment(let environment):
                guard let path = LibrarySearch.libraries(inEnvironment: environment).first else {
                    looked.append("\(environment) (not there, or without the package onnxruntime)")
                    continue
                }
                return try load(path)
            case .system(let name):
                guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
                    looked.append("\(name) (not known to the system's loader)")
                    continue
                }
                return try load(handle, path: name)
            }
        }
        throw .libraryNotFound(places: looked)
    }

    /// Opens a library.
    /// - Parameter path: its file.
    /// - Throws: ``InferenceError/libraryUnusable(path:reason:)`` or ``InferenceError/libraryTooOld(path:version:)``.
    public static func load(_ path: String) throws(InferenceError) -> InferenceRuntime {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .libraryUnusable(path: path, reason: dlerror().map { String(cString: $0) } ?? "no reason given")
        }
        return try load(handle, path: path)
    }

    /// The library stays open until the process ends: it has threads, which may not lose the code they run.
    private static func load(_ handle: UnsafeMutableRawPointer, path: String) throws(InferenceError) -> InferenceRuntime
    {
        guard let symbol = dlsym(handle, VISAVIS_ORT_ENTRY_POINT) else {
            dlclose(handle)
            throw .libraryUnusable(path: path, reason: "it has no function \(VISAVIS_ORT_ENTRY_POINT)")
        }
        return try InferenceRuntime(unsafeBitCast(symbol, to: ort_get_api_base.self), path: path)
    }
}
