extension Pickle {
    /// Reads a pickle.
    /// - Throws: ``PickleError``.
    init(_ bytes: [UInt8]) throws(PickleError) {
        guard bytes.count <= Self.mostBytes else {
            throw .tooLarge(found: "\(bytes.count) bytes", limit: "\(Self.mostBytes)")
        }
        self = try PickleMachine.read(bytes).pickle
    }

    /// What is in a list or a tuple.
    /// - Parameter path: where it lies, for the error.
    func items(_ reference: Reference, at path: String, expected: String) throws(PickleError) -> [Reference] {
        switch self[reference] {
        case .list(let items), .tuple(let items): return items
        case let other: throw .unexpected(path: path, found: other.kind, expected: expected)
        }
    }

    /// A row of whole numbers: a list, a tuple or a one-dimensional NumPy array.
    /// - Parameters:
    ///   - count: how many they are.
    ///   - path: where it lies, for the error.
    func wholeNumbers(
        _ count: Int, _ reference: Reference, at path: String, expected: String
    ) throws(PickleError) -> [Int] {
        let numbers: [Double?]
        switch self[reference] {
        case .list(let items), .tuple(let items): numbers = items.map(number)
        default: numbers = array(reference) ?? [nil]
        }
        // Coordinates beyond that are in no picture, and would not be exact.
        let whole = numbers.compactMap { number in number.flatMap { Int32(exactly: $0) }.map(Int.init) }
        guard whole.count == count, numbers.count == count else {
            throw .unexpected(path: path, found: words(for: reference), expected: expected)
        }
        return whole
    }

    /// A number, Python's or NumPy's; nil for anything else.
    func number(_ reference: Reference) -> Double? {
        switch self[reference] {
        case .integer(let value): return Double(value)
        case .float(let value): return value
        case .call(.numpyScalar, let arguments, _):
            guard case .tuple(let arguments) = self[arguments], arguments.count == 2,
                let type = NumPyType(arguments[0], in: self), let bytes = bytes(arguments[1])
            else { return nil }
            let numbers = type.numbers(bytes)
            return numbers?.count == 1 ? numbers?[0] : nil
        default: return nil
        }
    }

    /// The numbers of a one-dimensional NumPy array; nil for anything else.
    private func array(_ reference: Reference) -> [Double]? {
        let parts: (shape: Reference, type: Reference, bytes: Reference)
        switch self[reference] {
        case .call(.numpyReconstruct, _, let state?):
            // (version, shape, type, whether columns come first, contents)
            guard case .tuple(let state) = self[state], state.count == 5 else { return nil }
            parts = (state[1], state[2], state[4])
        case .call(.numpyFromBuffer, let arguments, _):
            guard case .tuple(let arguments) = self[arguments], arguments.count == 4 else { return nil }
            parts = (arguments[2], arguments[1], arguments[0])
        default: return nil
        }
        guard case .tuple(let shape) = self[parts.shape], shape.count == 1, let bytes = bytes(parts.bytes),
            let numbers = NumPyType(parts.type, in: self)?.numbers(bytes),
            number(shape[0]) == Double(numbers.count)
        else { return nil }
        return numbers
    }

    /// Bytes; protocols before 3 write them as a text of Latin-1 that is to be encoded.
    private func bytes(_ reference: Reference) -> ArraySlice<UInt8>? {
        switch self[reference] {
        case .bytes(let bytes): return bytes
        case .call(.encode, let arguments, _):
            guard case .tuple(let arguments) = self[arguments], arguments.count == 2,
                case .text(let text) = self[arguments[0]], text.unicodeScalars.allSatisfy({ $0.value < 256 })
            else { return nil }
            return ArraySlice(text.unicodeScalars.map { UInt8($0.value) })
        default: return nil
        }
    }

    /// What a row holds instead of numbers.
    private func words(for reference: Reference) -> String {
        switch self[reference] {
        case .list(let items), .tuple(let items):
            let shown = items.prefix(6).map { number($0).map { "\($0)" } ?? self[$0].kind }
            return "[\(shown.joined(separator: ", "))\(items.count > 6 ? ", …" : "")]"
        case let other: return other.kind
        }
    }
}

/// A type of NumPy's numbers, e.g. `<i4`.
private struct NumPyType {
    private enum Kind: Character {
        case signed = "i"
        case unsigned = "u"
        case real = "f"
    }

    private var kind: Kind
    private var size: Int
    private var isBigEndian: Bool

    /// What a `numpy.dtype` stands for; nil for what is no number of a known size.
    init?(_ reference: Pickle.Reference, in pickle: Pickle) {
        guard case .call(.numpyType, let arguments, let state?) = pickle[reference],
            case .tuple(let arguments) = pickle[arguments], let code = arguments.first,
            case .text(let code) = pickle[code], let kind = code.first.flatMap(Kind.init),
            let size = Int(code.dropFirst()), [1, 2, 4, 8].contains(size), kind != .real || size >= 4,
            // (version, byte order, …)
            case .tuple(let state) = pickle[state], state.count > 1, case .text(let order) = pickle[state[1]]
        else { return nil }
        self.kind = kind
        self.size = size
        isBigEndian = order == ">"
    }

    /// The numbers that `bytes` are; nil if they are no whole number of them.
    func numbers(_ bytes: ArraySlice<UInt8>) -> [Double]? {
        guard bytes.count.isMultiple(of: size) else { return nil }
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { start in
            let field = bytes[start..<(start + size)]
            let bits = (isBigEndian ? Array(field) : field.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let unused = 64 - 8 * size
            return switch kind {
            case .unsigned: Double(bits)
            case .signed: Double(Int64(bitPattern: bits << unused) >> unused)
            case .real: size == 4 ? Double(Float(bitPattern: UInt32(bits))) : Double(bitPattern: bits)
            }
        }
    }
}
