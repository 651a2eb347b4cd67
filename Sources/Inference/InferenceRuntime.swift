import CONNXRuntime
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

    /// The kinds of device that the library was built for, as ``InferenceDevice`` calls them, `cpu` first.
    public var deviceKinds: [String] {
        [InferenceDevice.cpu, .cuda(0), .tensorrt(0)].filter { providers.contains($0.provider) }.map(\.kind)
    }

    /// Uses a device, to see whether it can be used.
    /// - Throws: ``InferenceError/deviceUnavailable(_:reason:)`` where it cannot.
    public func prove(_ device: InferenceDevice) throws(InferenceError) {
        try device.checkCores()
        let elements: [Float] = [1]
        try elements.withUnsafeBufferPointer { elements throws(InferenceError) in
            try ResidentTensor([1], on: device, runtime: self).write(elements, at: 0)
        }
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
        try copies.withLock { copies throws(InferenceError) in
            if let copy = copies[route]?.copy { return copy }
            let copy = try DeviceCopy(route, runtime: self)
            copies[route] = WeakCopy(copy: copy)
            return copy
        }
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
