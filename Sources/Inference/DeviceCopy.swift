import CONNXRuntime

/// Copies tensors to a device by running a graph there that only hands its input on: the library's interface for
/// copying depends on the provider, and running graphs does not.
final class DeviceCopy: Sendable {
    /// Where to, and of what.
    struct Route: Hashable {
        let device: InferenceDevice
        let type: ElementType
    }

    private let route: Route
    private let runtime: InferenceRuntime
    private let session: Handle
    private let allocator: Handle

    init(_ route: Route, runtime: InferenceRuntime) throws(InferenceError) {
        self.route = route
        self.runtime = runtime
        let table = runtime.api.pointee
        var options = Graph.Options(threads: 1)
        options.optimization = .none
        // CUDA's memory is what TensorRT reads, too.
        let device = route.device.gpu.map { InferenceDevice.cuda($0) } ?? route.device
        let sessionOptions = try runtime.sessionOptions(options, for: device)
        let model = IdentityModel(route.type).bytes
        let session = try runtime.make(table.release_session, doing: "copying to \(device)") {
            table.create_session_from_bytes(runtime.environment, model, model.count, sessionOptions.pointer, &$0)
        }
        let info = try runtime.memoryInfo(for: device)
        allocator = try runtime.make(table.release_allocator, doing: "allocating on \(device)") {
            table.create_allocator(session.pointer, info.pointer, &$0)
        }
        self.session = session
    }

    /// A tensor in the device's memory. It may not outlive the copier.
    func tensor(_ shape: [Int]) throws(InferenceError) -> Handle {
        let table = runtime.api.pointee
        return try runtime.make(table.release_value, doing: "making a tensor of \(shape) on \(route.device)") {
            table.create_tensor(allocator.pointer, shape.map(Int64.init), shape.count, route.type.rawValue, &$0)
        }
    }

    /// Copies plain memory into a part of such a tensor, and returns when it is there.
    /// - Parameters:
    ///   - shape: of the part.
    ///   - index: where it lies in the tensor, in units of as many bytes.
    func copy(
        _ source: UnsafeRawPointer, byteCount: Int, shape: [Int], into tensor: Handle, at index: Int
    ) throws(InferenceError) {
        let table = runtime.api.pointee
        let doing = "copying to \(route.device)"
        var start: UnsafeMutableRawPointer?
        try runtime.check(table.tensor_data(tensor.pointer, &start), doing: doing)
        guard let start else { throw .failed(doing: doing, reason: "the tensor has no memory") }
        // The library only reads the source: it is bound as an input.
        let from = try runtime.value(
            over: UnsafeMutableRawPointer(mutating: source), byteCount: byteCount, shape: shape, route.type)
        let part = try runtime.value(
            over: start + index * byteCount, of: route.device, byteCount: byteCount, shape: shape, route.type)
        let binding = try runtime.make(table.release_binding, doing: doing) {
            table.create_binding(session.pointer, &$0)
        }
        try runtime.check(table.bind_input(binding.pointer, IdentityModel.input, from.pointer), doing: doing)
        try runtime.check(table.bind_output(binding.pointer, IdentityModel.output, part.pointer), doing: doing)
        try runtime.check(table.run_with_binding(session.pointer, nil, binding.pointer), doing: doing)
        try runtime.check(table.synchronize_outputs(binding.pointer), doing: doing)
    }
}
