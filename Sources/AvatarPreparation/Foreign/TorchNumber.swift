/// The types of numbers in a tensor.
enum TorchNumber: String, CaseIterable, Sendable {
    case half = "HalfStorage"
    case brain = "BFloat16Storage"
    case float = "FloatStorage"
    case double = "DoubleStorage"
    case long = "LongStorage"
    case int = "IntStorage"
    case short = "ShortStorage"
    case char = "CharStorage"
    case byte = "ByteStorage"
    case bool = "BoolStorage"

    /// The type that `torch.<name>` stores; nil for a name that is no storage.
    init?(storage name: String) { self.init(rawValue: name) }

    /// Bytes of one number.
    var size: Int {
        switch self {
        case .double, .long: 8
        case .float, .int: 4
        case .half, .brain, .short: 2
        case .char, .byte, .bool: 1
        }
    }
}
