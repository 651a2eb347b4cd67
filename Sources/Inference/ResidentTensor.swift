import CONNXRuntime

/// Numbers that stay on a device: written there once, read there by every run of every graph that they are bound to.
/// On the processor that is plain memory.
///
/// Any number of threads may use it. Who rewrites an entry sees to it that no run reads it meanwhile.
public final class ResidentTensor<Element: TensorElement>: Sendable {
    /// Where it is.
    public let device: InferenceDevice
    /// The length of each axis, outermost first.
    public let shape: [Int]

    /// The library's tensor.
    let value: Handle
    private let memory: Memory

    /// What the library's tensor lies in.
    private enum Memory: Sendable {
        case plain(TensorMemory)
        case device(DeviceCopy)
    }

    /// Takes memory of a device; what is in it is not said.
    /// - Parameter shape: the length of each axis, outermost first; one axis at least.
    /// - Throws: ``InferenceError/invalidShape(_:)``, ``InferenceError/outOfMemory(doing:reason:)``,
    ///   ``InferenceError/deviceUnavailable(_:reason:)`` or what ``InferenceRuntime/shared()`` throws.
    public convenience init(_ shape: [Int], on device: InferenceDevice) throws(InferenceError) {
        try self.init(shape, on: device, runtime: .shared())
    }

    /// Takes memory of a device; see ``init(_:on:)``.
    public init(
        _ shape: [Int], on device: InferenceDevice, runtime: InferenceRuntime
    ) throws(InferenceError) {
        guard let count = Tensor<Element>.count(of: shape), !shape.isEmpty else { throw .invalidShape(shape) }
        self.device = device
        self.shape = shape
        guard device.gpu != nil else {
            let memory = try TensorMemory(byteCount: count * MemoryLayout<Element>.stride)
            value = try runtime.value(
                over: memory.start, byteCount: memory.byteCount, shape: shape, Element.elementType)
            self.memory = .plain(memory)
            return
        }
        let copy = try runtime.copy(along: DeviceCopy.Route(device: device, type: Element.elementType))
        value = try copy.tensor(shape)
        memory = .device(copy)
    }

    /// Copies one entry of the outermost axis to the device, and returns when it is there.
    /// - Parameters:
    ///   - elements: as many as an entry has, in C order, e.g. a part of a file that is mapped into memory.
    ///   - index: from 0 up to the axis' length.
    /// - Throws: ``InferenceError/outOfMemory(doing:reason:)`` or ``InferenceError/failed(doing:reason:)``.
    public func write(_ elements: UnsafeBufferPointer<Element>, at index: Int) throws(InferenceError) {
        let entry = Array(shape.dropFirst())
        let count = entry.reduce(1, *)
        precondition(0..<shape[0] ~= index && elements.count == count, "\(elements.count) elements at \(index)")
        guard let start = elements.baseAddress else { return }
        let byteCount = count * MemoryLayout<Element>.stride
        switch memory {
        case .plain(let memory):
            (memory.start + index * byteCount).copyMemory(from: start, byteCount: byteCount)
        case .device(let copy):
            try copy.copy(UnsafeRawPointer(start), byteCount: byteCount, shape: [1] + entry, into: value, at: index)
        }
    }
}
