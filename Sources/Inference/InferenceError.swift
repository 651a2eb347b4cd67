/// What went wrong between Visavis and ONNX Runtime.
public enum InferenceError: Error, Equatable, CustomStringConvertible {
    /// No ONNX Runtime was found.
    /// - Parameter places: every place that was looked at, and what was there.
    case libraryNotFound(places: [String])
    /// A file was found that is no usable ONNX Runtime.
    case libraryUnusable(path: String, reason: String)
    /// An ONNX Runtime was found that is too old.
    case libraryTooOld(path: String, version: String)
    /// A device was asked for by a name that means none.
    case unknownDevice(String)
    /// Two devices that are to be used side by side would share a GPU or a core.
    case devicesOverlap(InferenceDevice, InferenceDevice)
    /// The library, or this machine, cannot use the device.
    case deviceUnavailable(InferenceDevice, reason: String)
    /// A file is no graph that the library can run.
    case graphUnreadable(path: String, reason: String)
    /// A graph has no input or output of that name.
    case noSuchPort(String, graph: String, known: [String])
    /// A tensor does not fit an input or output.
    case doesNotFit(port: String, graph: String, found: String, expected: String)
    /// An input or output has no tensor.
    case notBound(port: String, graph: String)
    /// A shape that no tensor can have.
    case invalidShape([Int])
    /// Memory ran out, the machine's or the device's. Smaller batches may still run.
    case outOfMemory(doing: String, reason: String)
    /// The process ends, and runs nothing any more.
    case ending
    /// Anything else that the library reports.
    case failed(doing: String, reason: String)

    /// The thing, what was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .libraryNotFound(let places):
            "ONNX Runtime was not found. Looked at:\n" + places.map { "  \($0)\n" }.joined()
                + "Type `scripts/setup` in the project's folder, or set \(LibrarySearch.variable) to a "
                + "libonnxruntime.so of version \(InferenceRuntime.leastVersion) or later."
        case .libraryUnusable(let path, let reason):
            "\(path) is no ONNX Runtime that can be used: \(reason). Set \(LibrarySearch.variable) to a "
                + "libonnxruntime.so of version \(InferenceRuntime.leastVersion) or later, or unset it and type "
                + "`scripts/setup`."
        case .libraryTooOld(let path, let version):
            "\(path) is ONNX Runtime \(version); \(InferenceRuntime.leastVersion) or later is needed. "
                + "Type `scripts/setup`, or set \(LibrarySearch.variable) to a newer one."
        case .unknownDevice(let name):
            "`\(name)` is no device; known are `cpu`, `cpu:A-B` for the cores A to B, `cuda:N` and `tensorrt:N`, N "
                + "being the number of the GPU, 0 for the first."
        case .devicesOverlap(let first, let second):
            first.gpu == nil
                ? "\(first) and \(second) share cores; name each core once"
                : "\(first) and \(second) share a GPU; name each GPU once"
        case .deviceUnavailable(let device, let reason): "\(device) cannot be used: \(reason)"
        case .graphUnreadable(let path, let reason): "\(path) cannot be run as an ONNX graph: \(reason)"
        case .noSuchPort(let port, let graph, let known):
            "\(graph) has no `\(port)`; it has \(known.map { "`\($0)`" }.joined(separator: ", "))"
        case .doesNotFit(let port, let graph, let found, let expected):
            "`\(port)` of \(graph) was given \(found); it takes \(expected)"
        case .notBound(let port, let graph): "`\(port)` of \(graph) has no tensor; bind one before running"
        case .invalidShape(let shape): "No tensor can have the shape \(shape)"
        case .outOfMemory(let doing, let reason):
            "Memory ran out while \(doing) (\(reason)). Use a smaller batch, fewer sessions or a larger device."
        case .ending: "Nothing is run any more: this process is about to end."
        case .failed(let doing, let reason): "ONNX Runtime failed while \(doing): \(reason)"
        }
    }

    /// Whether memory ran out, so that a smaller batch may still run.
    public var isOutOfMemory: Bool {
        if case .outOfMemory = self { true } else { false }
    }
}
