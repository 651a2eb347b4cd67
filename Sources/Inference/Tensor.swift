/// Numbers in memory of our own, in C order, which graphs read and write in place.
///
/// It belongs to one task at a time. A binding that it is bound to keeps it alive.
public final class Tensor<Element: TensorElement> {
    /// The length of each axis, outermost first.
    public let shape: [Int]
    /// How many elements it has.
    public let count: Int

    let memory: TensorMemory

    /// A tensor of zeros.
    /// - Parameter shape: the length of each axis, outermost first; empty for a single number.
    /// - Throws: ``InferenceError/invalidShape(_:)`` or ``InferenceError/outOfMemory(doing:reason:)``.
    public init(_ shape: [Int]) throws(InferenceError) {
        guard let count = Self.count(of: shape) else { throw .invalidShape(shape) }
        self.shape = shape
        self.count = count
        memory = try TensorMemory(byteCount: count * MemoryLayout<Element>.stride)
    }

    /// A tensor of the elements given.
    /// - Throws: as ``init(_:)``; ``InferenceError/invalidShape(_:)`` also where there are not as many elements as the
    ///   shape has.
    public convenience init(_ shape: [Int], _ elements: [Element]) throws(InferenceError) {
        guard Self.count(of: shape) == elements.count else { throw .invalidShape(shape) }
        try self.init(shape)
        copy(elements)
    }

    private init(_ shape: [Int], count: Int, memory: TensorMemory) {
        self.shape = shape
        self.count = count
        self.memory = memory
    }

    /// The first entries of the outermost axis, in the same memory: a smaller batch.
    /// - Parameter length: from 1 up to the axis' own length.
    /// - Throws: ``InferenceError/invalidShape(_:)``.
    public func prefix(_ length: Int) throws(InferenceError) -> Tensor {
        guard let outermost = shape.first, 1...max(1, outermost) ~= length, length <= outermost else {
            throw .invalidShape([length] + shape.dropFirst())
        }
        return Tensor([length] + shape.dropFirst(), count: count / outermost * length, memory: memory)
    }

    /// Reads and writes the elements, in C order, where they are.
    /// - Parameter body: may not keep the pointer.
    public func withElements<Result, Failure: Error>(
        _ body: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = memory.start.assumingMemoryBound(to: Element.self)
        return try body(UnsafeMutableBufferPointer(start: start, count: count))
    }

    /// Copies elements in, from the first on.
    /// - Parameter elements: as many as the tensor has, or fewer.
    public func copy(_ elements: some Collection<Element>) {
        precondition(elements.count <= count, "\(elements.count) elements for a tensor of \(count)")
        withElements { _ = $0.update(fromContentsOf: elements) }
    }

    /// A copy of the elements, in C order.
    public var elements: [Element] { withElements { Array($0) } }

    /// One element, by its place in C order.
    public subscript(index: Int) -> Element {
        get { withElements { $0[index] } }
        set { withElements { $0[index] = newValue } }
    }

    static func count(of shape: [Int]) -> Int? {
        var count = 1
        for length in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            guard length > 0, !overflow else { return nil }
            count = product
        }
        return count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride).overflow ? nil : count
    }
}
