import CONNXRuntime

/// A graph's inputs and outputs tied to tensors: bound once, run as often as wanted, without an allocation of ours.
///
/// It belongs to one task at a time, as its tensors do. A run blocks its thread for as long as the graph takes; keep it
/// off Swift's own threads with an ``InferenceQueue``.
public final class Binding {
    /// The graph that it runs.
    public let graph: Graph

    private let runtime: InferenceRuntime
    private let binding: Handle
    private var inputs: [Bound?]
    private var outputs: [Bound?]
    private var isChecked = false

    /// What a port is tied to.
    private struct Bound {
        let name: [CChar]
        let value: Handle
        let shape: [Int]
        /// Keeps the memory alive that the library's value points to.
        let owner: AnyObject
        /// Whether it lies on the graph's device, so that it need not be copied there before each run.
        let isResident: Bool
    }

    /// A binding without tensors.
    /// - Throws: ``InferenceError/outOfMemory(doing:reason:)``.
    public init(_ graph: Graph) throws(InferenceError) {
        self.graph = graph
        let runtime = graph.runtime
        self.runtime = runtime
        inputs = graph.inputs.map { _ in nil }
        outputs = graph.outputs.map { _ in nil }
        binding = try runtime.make(runtime.api.pointee.release_binding, doing: "binding \(graph.path)") {
            runtime.api.pointee.create_binding(graph.session.pointer, &$0)
        }
    }

    /// Has the graph read an input from a tensor, at each run as it then is.
    /// - Throws: ``InferenceError/noSuchPort(_:graph:known:)`` or
    ///   ``InferenceError/doesNotFit(port:graph:found:expected:)``.
    public func bind<Element>(input name: String, to tensor: Tensor<Element>) throws(InferenceError) {
        let port = try graph.input(name)
        let bound = try bound(port, tensor, isResident: graph.device == .cpu)
        try runtime.check(bind(input: bound), doing: "binding `\(name)`")
        keep(bound, port, graph.inputs, in: &inputs)
    }

    /// Has the graph read an input from what lies on its device.
    /// - Throws: as ``bind(input:to:)``; ``InferenceError/doesNotFit(port:graph:found:expected:)`` also where the tensor
    ///   lies on another device.
    public func bind<Element>(input name: String, to tensor: ResidentTensor<Element>) throws(InferenceError) {
        let port = try graph.input(name)
        try fit(port, Element.self, tensor.shape)
        guard tensor.device.gpu == graph.device.gpu else {
            throw .doesNotFit(
                port: name, graph: graph.path, found: "a tensor on \(tensor.device)", expected: "one on \(graph.device)"
            )
        }
        let bound = Bound(
            name: Array(port.name.utf8CString), value: tensor.value, shape: tensor.shape, owner: tensor,
            isResident: true)
        try runtime.check(bind(input: bound), doing: "binding `\(name)`")
        keep(bound, port, graph.inputs, in: &inputs)
    }

    /// Has the graph write an output into a tensor.
    /// - Throws: as ``bind(input:to:)``.
    public func bind<Element>(output name: String, to tensor: Tensor<Element>) throws(InferenceError) {
        let port = try graph.output(name)
        let bound = try bound(port, tensor, isResident: true)
        try runtime.check(
            runtime.api.pointee.bind_output(binding.pointer, bound.name, bound.value.pointer),
            doing: "binding `\(name)`")
        keep(bound, port, graph.outputs, in: &outputs)
    }

    /// Runs the graph, and returns when the outputs are written.
    /// - Throws: ``InferenceError/notBound(port:graph:)``, ``InferenceError/outOfMemory(doing:reason:)`` or
    ///   ``InferenceError/failed(doing:reason:)``.
    public func run() throws(InferenceError) {
        if !isChecked { try check() }
        for case let bound? in inputs where !bound.isResident {
            try runtime.check(bind(input: bound), doing: "copying an input of \(graph.path)")
        }
        try runtime.check(
            runtime.api.pointee.run_with_binding(graph.session.pointer, nil, binding.pointer),
            doing: "running \(graph.path)")
        guard graph.device != .cpu else { return }
        try runtime.check(
            runtime.api.pointee.synchronize_outputs(binding.pointer), doing: "finishing \(graph.path)")
    }

    private func bind(input bound: Bound) -> Status {
        runtime.api.pointee.bind_input(binding.pointer, bound.name, bound.value.pointer)
    }

    private func keep(_ bound: Bound, _ port: Graph.Port, _ ports: [Graph.Port], in list: inout [Bound?]) {
        guard let index = ports.firstIndex(of: port) else { return }
        list[index] = bound
        isChecked = false
    }

    private func fit<Element: TensorElement>(
        _ port: Graph.Port, _ element: Element.Type, _ shape: [Int]
    ) throws(InferenceError) {
        guard port.takes(Element.elementType, shape: shape) else {
            throw .doesNotFit(
                port: port.name, graph: graph.path, found: Graph.Port.type(Element.elementType, shape),
                expected: port.type)
        }
    }

    private func bound<Element>(
        _ port: Graph.Port, _ tensor: Tensor<Element>, isResident: Bool
    ) throws(InferenceError) -> Bound {
        try fit(port, Element.self, tensor.shape)
        let value = try runtime.value(
            over: tensor.memory.start, byteCount: tensor.count * MemoryLayout<Element>.stride, shape: tensor.shape,
            Element.elementType)
        return Bound(
            name: Array(port.name.utf8CString), value: value, shape: tensor.shape, owner: tensor.memory,
            isResident: isResident)
    }

    /// Whether everything is bound, and axes of one name have one length.
    private func check() throws(InferenceError) {
        var lengths: [String: (length: Int, port: String)] = [:]
        for (port, bound) in zip(graph.inputs + graph.outputs, inputs + outputs) {
            guard let bound else { throw .notBound(port: port.name, graph: graph.path) }
            for (axis, length) in zip(port.axes, bound.shape) {
                guard case .dynamic(let name) = axis, !name.isEmpty else { continue }
                if let known = lengths[name], known.length != length {
                    throw .doesNotFit(
                        port: port.name, graph: graph.path, found: "\(name) = \(length)",
                        expected: "\(name) = \(known.length), as `\(known.port)` has")
                }
                lengths[name] = (length, port.name)
            }
        }
        isChecked = true
    }
}
