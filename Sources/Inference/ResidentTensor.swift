import CONNXRuntime

/// Numbers that stay on a device: copied there once, read there by every run of every graph that they are bound to.
/// On the processor that is plain memory.
///
/// They never change, so that any number of threads may read them.
public final class ResidentTensor<Element: TensorElement>: Sendable {
    /// Where it is.
    public let device: InferenceDevice
    /// The length of each axis, outermost first.
    public let shape: [Int]

    /// The library's tensor.
    let value: Handle
    /// What the library's tensor lies in, other than that itself.
    private let memory: [any Sendable]

    /// Copies elements to a device.
    /// - Parameters:
    ///   - shape: the length of each axis, outermost first.
    ///   - elements: as many as the shape has, in C order, e.g. a file's that is mapped into memory.
    /// - Throws: ``InferenceError/invalidShape(_:)``, ``InferenceError/outOfMemory(doing:reason:)``,
    ///   ``InferenceError/deviceUnavailable(_:reason:)`` or what ``InferenceRuntime/shared()`` throws.
    public convenience init(
        _ shape: [Int], _ elements: UnsafeBufferPointer<Element>, on device: InferenceDevice
    ) throws(InferenceError) {
        try self.init(shape, elements, on: device, runtime: .shared())
    }

    /// Copies elements to a device; see ``init(_:_:on:)``.
    public init(
        _ shape: [Int], _ elements: UnsafeBufferPointer<Element>, on device: InferenceDevice, runtime: InferenceRuntime
    ) throws(InferenceError) {
        guard Tensor<Element>.count(of: shape) == elements.count, let start = elements.baseAddress else {
            throw .invalidShape(shape)
        }
        self.device = device
        self.shape = shape
        let byteCount = elements.count * MemoryLayout<Element>.stride
        guard device.gpu != nil else {
            let memory = try TensorMemory(byteCount: byteCount)
            memory.start.copyMemory(from: start, byteCount: byteCount)
            value = try runtime.value(over: memory.start, byteCount: byteCount, shape: shape, Element.elementType)
            self.memory = [memory]
            return
        }
        // The library only reads it: it is bound as an input.
        let source = try runtime.value(
            over: UnsafeMutableRawPointer(mutating: start), byteCount: byteCount, shape: shape, Element.elementType)
        let copy = try runtime.copy(along: DeviceCopy.Route(device: device, type: Element.elementType))
        value = try copy.copy(source, shape: shape)
        memory = [copy]
    }
}
