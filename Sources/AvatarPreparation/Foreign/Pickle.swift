/// What a pickle describes: a graph of inert values. Nothing in it was called, imported or constructed.
///
/// Values refer to each other by number, so that a list may hold itself, or a million times the same list, and cost no
/// more than its bytes in the file. Whoever reads it walks as deep as what it expects, and no deeper.
struct Pickle: Sendable {
    /// The number of a value.
    struct Reference: Equatable, Sendable {
        fileprivate var index: UInt32
    }

    /// What the pickle is of.
    var root = Reference(index: 0)
    private var nodes: [PickleNode] = []

    /// The value with a number.
    subscript(_ reference: Reference) -> PickleNode { nodes[Int(reference.index)] }

    /// Values in the graph.
    var count: Int { nodes.count }

    /// The numbers of all values.
    var references: some Sequence<Reference> { (0..<UInt32(nodes.count)).lazy.map { Reference(index: $0) } }

    /// Adds a value.
    mutating func add(_ node: PickleNode) -> Reference {
        nodes.append(node)
        return Reference(index: UInt32(nodes.count - 1))
    }

    /// Changes a value in place; without the exchange a list would be copied for each thing appended to it.
    mutating func update(_ reference: Reference, _ body: (inout PickleNode) -> Bool) -> Bool {
        var node = PickleNode.nothing
        swap(&node, &nodes[Int(reference.index)])
        defer { swap(&node, &nodes[Int(reference.index)]) }
        return body(&node)
    }
}

/// One value of a pickle.
enum PickleNode: Sendable {
    case nothing
    case bool(Bool)
    case integer(Int)
    /// An integer beyond 64 bits: two's complement, least significant byte first.
    case longInteger(ArraySlice<UInt8>)
    case float(Double)
    case text(String)
    case bytes(ArraySlice<UInt8>)
    case list([Pickle.Reference])
    case tuple([Pickle.Reference])
    /// Keys and values in turn.
    case dictionary([Pickle.Reference])
    case global(PickleGlobal)
    /// What Python would call, with what, and the state that it would give to the result.
    case call(PickleGlobal, arguments: Pickle.Reference, state: Pickle.Reference?)
    /// Something kept outside of the pickle, e.g. the numbers of a tensor.
    case persistent(Pickle.Reference)

    /// What it is, in words.
    var kind: String {
        switch self {
        case .nothing: "None"
        case .bool: "a truth value"
        case .integer(let value): "\(value)"
        case .longInteger: "an integer beyond 64 bits"
        case .float(let value): "\(value)"
        case .text: "a text"
        case .bytes: "bytes"
        case .list(let items): "a list of \(items.count)"
        case .tuple(let items): "a tuple of \(items.count)"
        case .dictionary: "a dictionary"
        case .global: "a Python name"
        case .call(.rebuildTensor, _, _): "a tensor"
        case .call(.numpyScalar, _, _): "a NumPy number"
        case .call(.numpyReconstruct, _, _), .call(.numpyFromBuffer, _, _): "a NumPy array"
        case .call: "an object"
        case .persistent: "a storage"
        }
    }
}
