/// Why a pickle cannot be read. Offsets count bytes from its start.
public enum PickleError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It ends in the middle.
    case truncated(offset: Int)
    /// It refers to a Python name that no file of a prepared avatar needs; such a pickle may run anything when Python
    /// opens it.
    case forbidden(name: String, offset: Int)
    /// An instruction that the files of a prepared avatar have no use for, or that does not exist.
    case unsupported(opcode: UInt8, offset: Int)
    /// An instruction that does not fit to those before it.
    case malformed(reason: String, offset: Int)
    /// More than ``Pickle/mostBytes`` or ``Pickle/mostValues``.
    case tooLarge(found: String, limit: String)
    /// It can be read, but is not of what was expected. `path` is like `[12][3]`.
    case unexpected(path: String, found: String, expected: String)

    /// What was found, and what was expected.
    public var description: String {
        switch self {
        case .truncated(let offset): "breaks off at byte \(offset); copy the file again"
        case .forbidden(let name, let offset):
            """
            asks at byte \(offset) for Python's "\(name)", which no prepared avatar needs; it was not run. Do not open \
            this file in Python if you do not know who made it
            """
        case .unsupported(let opcode, let offset):
            """
            has the instruction 0x\(String(opcode, radix: 16)) at byte \(offset); expected a pickle of plain lists and \
            numbers, protocol 0 to 5
            """
        case .malformed(let reason, let offset): "is damaged at byte \(offset): \(reason)"
        case .tooLarge(let found, let limit): "has \(found); expected at most \(limit)"
        case .unexpected(let path, let found, let expected):
            "\(path.isEmpty ? "holds" : "at \(path) holds") \(found); expected \(expected)"
        }
    }
}
