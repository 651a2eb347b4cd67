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
    private var inputs: [Slot]
    private var outputs: [Slot]
    /// Whether what is bound has been found to fit together.
    private var isChecked = false

    /// A binding without tensors.
    /// - Throws: ``InferenceError/outOfMemory(doing:reason:)``.
    public init(_ graph: Graph) throws(InferenceError) {
        self.graph = graph
        let runtime = graph.runtime
        self.runtime = runtime
        inputs = graph.inputs.map(Slot.init)
        outputs = graph.outputs.map(Slot.init)
        binding = try runtime.make(runtime.api.pointee.release_binding, doing: "binding \(graph.path)") {
            runtime.api.pointee.create_binding(graph.session.pointer, &$0)
        }
    }

    /// Has the graph read an input from a tensor, at each run as it then is.
    /// - Throws: ``InferenceError/noSuchPort(_:graph:known:)`` or
    ///   ``InferenceError/doesNotFit(port:graph:found:expected:)``.
    public func bind<Element>(input name: String, to tensor: Tensor<Element>) throws(InferenceError) {
        let index = try index(of: name, in: inputs)
        try fit(inputs[index].port, Element.self, tensor.shape)
        // For a GPU, binding is copying: that is done at each run.
        let isResident = graph.device.gpu == nil
        let bound = Bound(
            value: try value(of: tensor), shape: tensor.shape, owner: tensor.memory, isResident: isResident)
        if isResident { try bind(inputs[index], to: bound) }
        keep(bound, at: index, of: &inputs)
    }

    /// Has the graph read an input from what lies on its device.
    /// - Throws: as ``bind(input:to:)``; ``InferenceError/doesNotFit(port:graph:found:expected:)`` also where the tensor
    ///   lies on another device.
    public func bind<Element>(input name: String, to tensor: ResidentTensor<Element>) throws(InferenceError) {
        let index = try index(of: name, in: inputs)
        try fit(inputs[index].port, Element.self, tensor.shape)
        guard tensor.device.gpu == graph.device.gpu else {
            throw .doesNotFit(
                port: name, graph: graph.path, found: "a tensor on \(tensor.device)", expected: "one on \(graph.device)"
            )
        }
        let bound = Bound(value: tensor.value, shape: tensor.shape, owner: tensor, isResident: true)
        try bind(inputs[index], to: bound)
        keep(bound, at: index, of: &inputs)
    }

    /// Has the graph write an output into a tensor.
    /// - Throws: as ``bind(input:to:)``.
    public func bind<Element>(output name: String, to tensor: Tensor<Element>) throws(InferenceError) {
        let index = try index(of: name, in: outputs)
        try fit(outputs[index].port, Element.self, tensor.shape)
        let bound = Bound(value: try value(of: tensor), shape: tensor.shape, owner: tensor.memory, isResident: true)
        try runtime.check(
            runtime.api.pointee.bind_output(binding.pointer, outputs[index].name, bound.value.pointer),
            doing: "binding `\(name)`")
        keep(bound, at: index, of: &outputs)
    }

    /// Runs the graph, and returns when the outputs are written.
    /// - Throws: ``InferenceError/notBound(port:graph:)``, ``InferenceError/outOfMemory(doing:reason:)``,
    ///   ``InferenceError/failed(doing:reason:)``, or ``InferenceError/ending`` once ``RunGate/process`` is closed.
    public func run() throws(InferenceError) {
        if !isChecked { try check() }
        try RunGate.process.pass { () throws(InferenceError) in try runChecked() }
    }

    private func runChecked() throws(InferenceError) {
        if graph.device.gpu != nil {
            for slot in inputs {
                if let bound = slot.bound, !bound.isResident { try bind(slot, to: bound) }
            }
        }
        try graph.device.confining { () throws(InferenceError) in
            try runtime.check(
                runtime.api.pointee.run_with_binding(graph.session.pointer, nil, binding.pointer),
                doing: "running \(graph.path)")
        }
        guard graph.device.gpu != nil else { return }
        try runtime.check(
            runtime.api.pointee.synchronize_outputs(binding.pointer), doing: "finishing \(graph.path)")
    }
}

extension Binding {
    /// An input or output, and what it is tied to.
    private struct Slot {
        let port: Graph.Port
        /// Its name, as the library takes it.
        let name: [CChar]
        var bound: Bound?

        init(_ port: Graph.Port) {
            self.port = port
            name = Array(port.name.utf8CString)
        }
    }

    /// What an input or output is tied to.
    private struct Bound {
        let value: Handle
        let shape: [Int]
        /// Keeps the memory alive that the library's value points to.
        let owner: AnyObject
        /// Whether it lies where the graph runs, so that it need not be copied there before each run.
        let isResident: Bool
    }

    private func index(of name: String, in slots: [Slot]) throws(InferenceError) -> Int {
        guard let index = slots.firstIndex(where: { $0.port.name == name }) else {
            throw .noSuchPort(name, graph: graph.path, known: slots.map(\.port.name))
        }
        return index
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

    private func value<Element>(of tensor: Tensor<Element>) throws(InferenceError) -> Handle {
        try runtime.value(
            over: tensor.memory.start, byteCount: tensor.count * MemoryLayout<Element>.stride, shape: tensor.shape,
            Element.elementType)
    }

    private func bind(_ input: Slot, to bound: Bound) throws(InferenceError) {
        try runtime.check(
            runtime.api.pointee.bind_input(binding.pointer, input.name, bound.value.pointer),
            doing: "binding `\(input.port.name)` of \(graph.path)")
    }

    private func keep(_ bound: Bound, at index: Int, of slots: inout [Slot]) {
        // Another tensor of the same shape fits where the one before it did.
        isChecked = isChecked && slots[index].bound?.shape == bound.shape
        slots[index].bound = bound
    }

    /// Whether everything is bound, and axes of one name have one length.
    private func check() throws(InferenceError) {
        var lengths: [String: (length: Int, port: String)] = [:]
        for slot in inputs + outputs {
            guard let bound = slot.bound else { throw .notBound(port: slot.port.name, graph: graph.path) }
            for (axis, length) in zip(slot.port.axes, bound.shape) {
                guard case .dynamic(let name) = axis, !name.isEmpty else { continue }
                if let known = lengths[name], known.length != length {
                    throw .doesNotFit(
                        port: slot.port.name, graph: graph.path, found: "\(name) = \(length)",
                        expected: "\(name) = \(known.length), as `\(known.port)` has")
                }
                lengths[name] = (length, slot.port.name)
            }
        }
        isChecked = true
    }
}
