import Foundation

/// A tensor in a file of PyTorch's: a view of a storage that may have other views.
struct TorchTensor: Sendable {
    /// What it is made of.
    let number: TorchNumber
    /// Its dimensions, the slowest first.
    let shape: [Int]
    private let strides: [Int]
    private let offset: Int
    private let storage: Data

    /// Puts the parts together, after a check that all numbers lie in the storage; nil if not.
    /// - Parameters:
    ///   - strides: for each dimension, numbers from one to the next.
    ///   - offset: the first number's place in the storage.
    init?(number: TorchNumber, shape: [Int], strides: [Int], offset: Int, storage: Data) {
        guard shape.count == strides.count, shape.count <= 16, offset >= 0 else { return nil }
        let capacity = storage.count / number.size
        var count = 1
        var last = offset
        for (size, stride) in zip(shape, strides) {
            guard size >= 0, stride >= 0 else { return nil }
            let (product, productOverflows) = count.multipliedReportingOverflow(by: size)
            let (span, spanOverflows) = max(0, size - 1).multipliedReportingOverflow(by: stride)
            let (sum, sumOverflows) = last.addingReportingOverflow(span)
            // A stride of 0 repeats numbers; a tensor must not ask for more than its file could hold.
            guard !productOverflows, !spanOverflows, !sumOverflows, product <= max(capacity, 1 << 20) else {
                return nil
            }
            (count, last) = (product, sum)
        }
        guard count == 0 || last < capacity else { return nil }
        self.number = number
        self.shape = shape
        self.strides = strides
        self.offset = offset
        self.storage = storage
    }

    /// The numbers in the order of ``shape``; nil where they are no real numbers.
    func floats() -> [Float]? {
        switch number {
        case .half: read(UInt16.self) { Float(Float16(bitPattern: $0)) }
        case .brain: read(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
        case .float: read(UInt32.self) { Float(bitPattern: $0) }
        case .double: read(UInt64.self) { Float(Double(bitPattern: $0)) }
        case .long, .int, .short, .char, .byte, .bool: nil
        }
    }

    private func read<Bits: FixedWidthInteger>(_ type: Bits.Type, _ value: (Bits) -> Float) -> [Float] {
        let count = shape.reduce(1, *)
        return storage.withUnsafeBytes { bytes in
            [Float](unsafeUninitializedCapacity: count) { floats, initialized in
                var position = [Int](repeating: 0, count: shape.count)
                var source = offset
                for index in 0..<count {
                    let bits = bytes.loadUnaligned(fromByteOffset: source * number.size, as: Bits.self)
                    floats.initializeElement(at: index, to: value(Bits(littleEndian: bits)))
                    // The next position: an odometer whose last wheel is the fastest.
                    var wheel = shape.count - 1
                    while wheel >= 0 {
                        position[wheel] += 1
                        source += strides[wheel]
                        if position[wheel] < shape[wheel] { break }
                        source -= strides[wheel] * shape[wheel]
                        position[wheel] = 0
                        wheel -= 1
                    }
                }
                initialized = count
            }
        }
    }
}
