/// An ONNX model of one node, `Identity`, for tensors of any shape, written as the format's protocol buffers.
struct IdentityModel {
    static let input = "x"
    static let output = "y"

    let bytes: [UInt8]

    /// - Parameter type: of the elements.
    init(_ type: ElementType) {
        let input = Message().string(1, Self.input).message(2, Self.tensor(of: type))
        let output = Message().string(1, Self.output).message(2, Self.tensor(of: type))
        let node = Message().string(1, Self.input).string(2, Self.output).string(4, "Identity")
        let graph = Message().message(1, node).string(2, "copy").message(11, input).message(12, output)
        // Version 8 of the format and version 13 of its operators are older than any library that is used.
        bytes = Message().number(1, 8).message(7, graph).message(8, Message().string(1, "").number(2, 13)).bytes
    }

    /// The type of a tensor whose shape is left open.
    private static func tensor(of type: ElementType) -> Message {
        Message().message(1, Message().number(1, UInt8(type.rawValue)))
    }

    /// A protocol buffer of less than 128 bytes, so that each number and each length is one byte.
    private struct Message {
        var bytes: [UInt8] = []

        func number(_ field: UInt8, _ value: UInt8) -> Message { Message(bytes: bytes + [field << 3, value]) }

        func string(_ field: UInt8, _ text: String) -> Message { nested(field, Array(text.utf8)) }

        func message(_ field: UInt8, _ message: Message) -> Message { nested(field, message.bytes) }

        private func nested(_ field: UInt8, _ contents: [UInt8]) -> Message {
            Message(bytes: bytes + [field << 3 | 2, UInt8(contents.count)] + contents)
        }
    }
}
