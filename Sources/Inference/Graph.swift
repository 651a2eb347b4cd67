import CONNXRuntime

/// An ONNX graph, loaded and ready to run on one device. Several threads may run it at once, each with its own
/// ``Binding``.
public final class Graph: Sendable {
    /// How it is loaded.
    public struct Options: Sendable, Equatable {
        /// How much it is rewritten when it is loaded.
        public enum Optimization: Sendable {
            /// Not at all: as the file says.
            case none
            /// What is right for any device.
            case basic
            /// What fuses operations for the device.
            case extended
            /// What changes the layout in memory, too.
            case all
        }

        /// Threads that share one operation; nil for as many as the device has cores.
        public var threads: Int?
        /// How much it is rewritten when it is loaded.
        public var optimization = Optimization.all
        /// Whether its threads wait for work awake: the fastest where they have the cores for themselves, a waste of
        /// processor time where they do not.
        public var spins = true
        /// What the device's provider is told besides what Visavis tells it, by the provider's own names
        /// (`cudnn_conv_algo_search`, `trt_engine_cache_path`, …). The processor's knows none.
        public var provider: [String: String] = [:]

        /// The options given, the others as they are documented.
        public init(threads: Int? = nil) { self.threads = threads }
    }

    /// The file that it was loaded from.
    public let path: String
    /// Where it runs.
    public let device: InferenceDevice
    /// What it takes.
    public let inputs: [Port]
    /// What it gives.
    public let outputs: [Port]

    let runtime: InferenceRuntime
    let session: Handle

    /// Loads a graph and the data files beside it. It takes seconds for large ones; with TensorRT, minutes.
    /// - Parameters:
    ///   - path: the `.onnx` file.
    ///   - threads: that share one operation; nil for as many as the device has cores.
    /// - Throws: ``InferenceError``: no library, no such device, an unreadable graph, or no memory for it.
    public convenience init(
        _ path: String, device: InferenceDevice = .cpu, threads: Int? = nil
    ) throws(InferenceError) {
        try self.init(path, device: device, options: Options(threads: threads), runtime: .shared())
    }

    /// Loads a graph and the data files beside it; see ``init(_:device:threads:)``.
    public init(
        _ path: String, device: InferenceDevice, options: Options, runtime: InferenceRuntime
    ) throws(InferenceError) {
        self.path = path
        self.device = device
        self.runtime = runtime
        try device.checkCores()
        let sessionOptions = try runtime.sessionOptions(options, for: device, graph: path)
        do {
            session = try device.confining { () throws(InferenceError) in
                try runtime.make(runtime.api.pointee.release_session, doing: "loading \(path)") {
                    runtime.api.pointee.create_session(runtime.environment, path, sessionOptions.pointer, &$0)
                }
            }
        } catch {
            guard case .failed(_, let reason) = error else { throw error }
            throw StatusMessage(reason).meansDevice
                ? .deviceUnavailable(device, reason: StatusMessage(reason).withRemedy)
                : .graphUnreadable(path: path, reason: reason)
        }
        inputs = try PortReader(runtime: runtime, session: session, direction: .input).ports()
        outputs = try PortReader(runtime: runtime, session: session, direction: .output).ports()
    }

    /// The input of that name.
    /// - Throws: ``InferenceError/noSuchPort(_:graph:known:)``.
    public func input(_ name: String) throws(InferenceError) -> Port { try port(name, inputs) }

    /// The output of that name.
    /// - Throws: ``InferenceError/noSuchPort(_:graph:known:)``.
    public func output(_ name: String) throws(InferenceError) -> Port { try port(name, outputs) }

    private func port(_ name: String, _ ports: [Port]) throws(InferenceError) -> Port {
        guard let port = ports.first(where: { $0.name == name }) else {
            throw .noSuchPort(name, graph: path, known: ports.map(\.name))
        }
        return port
    }
}
