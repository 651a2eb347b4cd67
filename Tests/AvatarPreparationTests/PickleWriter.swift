/// Pickles of protocol 2 for tests.
indirect enum PickleWriter {
    case integer(Int)
    case real(Double)
    case text(String)
    case list([PickleWriter])
    case tuple([PickleWriter])
    case call(String, String, [PickleWriter])
    case global(String, String)
    case persistent(PickleWriter)
    case no

    /// A whole pickle.
    var pickle: [UInt8] { [0x80, 2] + bytes + Array(".".utf8) }

    private var bytes: [UInt8] {
        switch self {
        case .integer(let value): Array("I\(value)\n".utf8)
        case .real(let value): Array("F\(value)\n".utf8)
        case .text(let text): Array("X".utf8) + [UInt8(text.utf8.count), 0, 0, 0] + Array(text.utf8)
        case .list(let items): Array("](".utf8) + items.flatMap(\.bytes) + Array("e".utf8)
        case .tuple(let items): Array("(".utf8) + items.flatMap(\.bytes) + Array("t".utf8)
        case .call(let module, let name, let items):
            PickleWriter.global(module, name).bytes + PickleWriter.tuple(items).bytes + Array("R".utf8)
        case .global(let module, let name): Array("c\(module)\n\(name)\n".utf8)
        case .persistent(let id): id.bytes + Array("Q".utf8)
        case .no: [0x89]
        }
    }
}
