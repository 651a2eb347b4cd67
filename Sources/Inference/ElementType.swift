/// What a tensor is made of. The numbers are those of the ONNX format (`TensorProto.DataType`).
public enum ElementType: Int32, Sendable, CustomStringConvertible {
    /// 32-bit floating point.
    case float32 = 1
    /// Bytes.
    case uint8 = 2
    /// Signed bytes.
    case int8 = 3
    /// 16-bit unsigned integers.
    case uint16 = 4
    /// 16-bit integers.
    case int16 = 5
    /// 32-bit integers.
    case int32 = 6
    /// 64-bit integers.
    case int64 = 7
    /// Strings, which no ``Tensor`` holds.
    case string = 8
    /// Truth values, a byte each.
    case bool = 9
    /// 16-bit floating point, IEEE 754.
    case float16 = 10
    /// 64-bit floating point.
    case float64 = 11
    /// 32-bit unsigned integers.
    case uint32 = 12
    /// 64-bit unsigned integers.
    case uint64 = 13
    /// 16-bit floating point with the exponent of 32-bit ones.
    case bfloat16 = 16

    /// Its name in manifests, e.g. `float32`.
    public var description: String {
        switch self {
        case .float32: "float32"
        case .uint8: "uint8"
        case .int8: "int8"
        case .uint16: "uint16"
        case .int16: "int16"
        case .int32: "int32"
        case .int64: "int64"
        case .string: "string"
        case .bool: "bool"
        case .float16: "float16"
        case .float64: "float64"
        case .uint32: "uint32"
        case .uint64: "uint64"
        case .bfloat16: "bfloat16"
        }
    }
}

/// A Swift type whose values lie in memory as ONNX Runtime expects them.
public protocol TensorElement: BitwiseCopyable, Sendable {
    /// The type as ONNX Runtime knows it.
    static var elementType: ElementType { get }
}

extension Float: TensorElement {
    /// 32-bit floating point.
    public static var elementType: ElementType { .float32 }
}

extension Double: TensorElement {
    /// 64-bit floating point.
    public static var elementType: ElementType { .float64 }
}

extension UInt8: TensorElement {
    /// Bytes.
    public static var elementType: ElementType { .uint8 }
}

extension Int32: TensorElement {
    /// 32-bit integers.
    public static var elementType: ElementType { .int32 }
}

extension Int64: TensorElement {
    /// 64-bit integers.
    public static var elementType: ElementType { .int64 }
}

extension Bool: TensorElement {
    /// Truth values.
    public static var elementType: ElementType { .bool }
}
