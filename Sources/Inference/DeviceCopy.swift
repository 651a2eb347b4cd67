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

    /// A tensor on the device with the contents of one in plain memory. It may not outlive the copier.
    func copy(_ source: Handle, shape: [Int]) throws(InferenceError) -> Handle {
        let table = runtime.api.pointee
        let copy = try runtime.make(table.release_value, doing: "making a tensor of \(shape) on \(route.device)") {
            table.create_tensor(allocator.pointer, shape.map(Int64.init), shape.count, route.type.rawValue, &$0)
        }
        let binding = try runtime.make(table.release_binding, doing: "copying to \(route.device)") {
            table.create_binding(session.pointer, &$0)
        }
        let input = IdentityModel.input, output = IdentityModel.output
        try runtime.check(table.bind_input(binding.pointer, input, source.pointer), doing: "copying to \(route.device)")
        try runtime.check(table.bind_output(binding.pointer, output, copy.pointer), doing: "copying to \(route.device)")
        try runtime.check(
            table.run_with_binding(session.pointer, nil, binding.pointer), doing: "copying to \(route.device)")
        try runtime.check(table.synchronize_outputs(binding.pointer), doing: "copying to \(route.device)")
        return copy
    }
}
