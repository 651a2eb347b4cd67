import CONNXRuntime
import Glibc
import Synchronization

/// ONNX Runtime, opened while the program runs: any build of it, for the processor, CUDA or TensorRT, without building
/// Visavis again.
public final class InferenceRuntime: Sendable {
    /// The least version that can be used.
    public static let leastVersion = "1.18"

    /// The file that was opened.
    public let path: String
    /// Its version, e.g. `1.20.1`.
    public let version: String
    /// The library's names of what it can run graphs with, best first; the processor's is always among them.
    public let providers: [String]

    /// Unchecked: the library's table is constant, and its environment is made for use by many threads.
    private struct Library: @unchecked Sendable {
        let api: UnsafePointer<ort_api>
        let environment: OpaquePointer
    }

    private let library: Library
    /// Those that something on their device still uses.
    private let copies = Mutex<[DeviceCopy.Route: WeakCopy]>([:])
    private static let opened = Mutex<InferenceRuntime?>(nil)

    /// The one that everything uses that is not told otherwise: looked for at first use, as ``load()`` does.
    /// - Throws: ``InferenceError`` as ``load()`` does; the next use looks again.
    public static func shared() throws(InferenceError) -> InferenceRuntime {
        let result = opened.withLock { opened -> Result<InferenceRuntime, InferenceError> in
            if let opened { return .success(opened) }
            return Result { () throws(InferenceError) in
                let runtime = try load()
                opened = runtime
                return runtime
            }
        }
        return try result.get()
    }

    /// The kinds of device that the library was built for, as ``InferenceDevice`` calls them, `cpu` first.
    public var deviceKinds: [String] {
        [InferenceDevice.cpu, .cuda(0), .tensorrt(0)].filter { providers.contains($0.provider) }.map(\.kind)
    }

    /// Uses a device, to see whether it can be used.
    /// - Throws: ``InferenceError/deviceUnavailable(_:reason:)`` where it cannot.
    public func prove(_ device: InferenceDevice) throws(InferenceError) {
        let elements: [Float] = [1]
        let result = elements.withUnsafeBufferPointer { elements in
            Result { () throws(InferenceError) in
                _ = try ResidentTensor([1], elements, on: device, runtime: self)
            }
        }
        try result.get()
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
            throw .libraryUnusable(path: path, reason: String(cString: dlerror()))
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

    /// - Parameters:
    ///   - entryPoint: the function that the library exports.
    ///   - path: what errors call the library.
    init(_ entryPoint: ort_get_api_base, path: String) throws(InferenceError) {
        guard let base = entryPoint() else {
            throw .libraryUnusable(path: path, reason: "\(VISAVIS_ORT_ENTRY_POINT) answers nothing")
        }
        self.path = path
        version = String(cString: base.pointee.get_version())
        guard let api = base.pointee.get_api(UInt32(VISAVIS_ORT_API_VERSION)) else {
            throw .libraryTooOld(path: path, version: version)
        }
        var environment: OpaquePointer?
        // Whatever matters reaches the caller as an error: nothing is written to standard error.
        let status = api.pointee.create_environment(
            { _, _, _, _, _, _ in }, nil, Int32(ORT_LOG_FATAL), "visavis", &environment)
        try Self.check(status, api, doing: "starting")
        guard let environment else { throw .libraryUnusable(path: path, reason: "it does not start") }
        library = Library(api: api, environment: environment)
        providers = try Self.providers(api)
    }

    deinit { api.pointee.release_environment(environment) }

    /// The table of functions.
    var api: UnsafePointer<ort_api> { library.api }

    var environment: OpaquePointer { library.environment }

    /// What copies to a device, shared by everything that lies there: each has a stream and a memory arena of its own.
    func copy(along route: DeviceCopy.Route) throws(InferenceError) -> DeviceCopy {
        let result = copies.withLock { copies -> Result<DeviceCopy, InferenceError> in
            if let copy = copies[route]?.copy { return .success(copy) }
            return Result { () throws(InferenceError) in
                let copy = try DeviceCopy(route, runtime: self)
                copies[route] = WeakCopy(copy: copy)
                return copy
            }
        }
        return try result.get()
    }

    private struct WeakCopy {
        weak var copy: DeviceCopy?
    }

    private static func providers(_ api: UnsafePointer<ort_api>) throws(InferenceError) -> [String] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        var count: Int32 = 0
        try check(api.pointee.available_providers(&names, &count), api, doing: "listing what it can use")
        defer { api.pointee.release_status(api.pointee.release_available_providers(names, count)) }
        return (0..<Int(count)).compactMap { names?[$0].map { String(cString: $0) } }
    }
}
