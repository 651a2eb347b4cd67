import Foundation
import Inference

/// A graph of a few nodes, written in the ONNX format (`onnx.proto`) by the tests themselves.
struct SmallGraph {
    /// A name, a type, and axes that are numbers or names.
    typealias Port = (name: String, type: ElementType, axes: [String])

    var inputs: [Port]
    var outputs: [Port]
    /// Operators with the names of what they take and make.
    var nodes: [(operator: String, inputs: [String], outputs: [String])]
    /// Constants: lists of integers.
    var constants: [String: [Int64]] = [:]

    /// The bytes of the file.
    var bytes: [UInt8] {
        var graph = Message()
        for node in nodes {
            var message = Message()
            for name in node.inputs { message.string(1, name) }
            for name in node.outputs { message.string(2, name) }
            message.string(4, node.operator)
            graph.message(1, message)
        }
        graph.string(2, "small")
        for (name, values) in constants {
            var tensor = Message()
            tensor.number(1, values.count)
            tensor.number(2, Int(ElementType.int64.rawValue))
            for value in values { tensor.number(7, Int(value)) }
            tensor.string(8, name)
            graph.message(5, tensor)
        }
        for port in inputs { graph.message(11, Self.message(port)) }
        for port in outputs { graph.message(12, Self.message(port)) }
        var operators = Message()
        operators.string(1, "")
        operators.number(2, 13)
        var model = Message()
        model.number(1, 8)
        model.message(7, graph)
        model.message(8, operators)
        return model.bytes
    }

    private static func message(_ port: Port) -> Message {
        var shape = Message()
        for axis in port.axes {
            var dimension = Message()
            if let length = Int(axis) { dimension.number(1, length) } else { dimension.string(2, axis) }
            shape.message(1, dimension)
        }
        var tensor = Message()
        tensor.number(1, Int(port.type.rawValue))
        tensor.message(2, shape)
        var type = Message()
        type.message(1, tensor)
        var message = Message()
        message.string(1, port.name)
        message.message(2, type)
        return message
    }

    /// A protocol buffer.
    private struct Message {
        var bytes: [UInt8] = []

        mutating func number(_ field: Int, _ value: Int) {
            append(field << 3)
            append(value)
        }

        mutating func string(_ field: Int, _ text: String) { nested(field, Array(text.utf8)) }

        mutating func message(_ field: Int, _ message: Message) { nested(field, message.bytes) }

        private mutating func nested(_ field: Int, _ contents: [UInt8]) {
            append(field << 3 | 2)
            append(contents.count)
            bytes += contents
        }

        private mutating func append(_ number: Int) {
            var rest = UInt64(number)
            while rest > 127 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
    }
}

extension SmallGraph {
    /// `sum` = `left` + `right`, of B rows of four.
    static let addition = SmallGraph(
        inputs: [("left", .float32, ["B", "4"]), ("right", .float32, ["B", "4"])],
        outputs: [("sum", .float32, ["B", "4"])],
        nodes: [("Add", ["left", "right"], ["sum"])])

    /// The rows of `bank` that `rows` names: how an avatar's latents are found by frame.
    static let gathering = SmallGraph(
        inputs: [("bank", .float32, ["N", "2"]), ("rows", .int64, ["B"])],
        outputs: [("found", .float32, ["B", "2"])],
        nodes: [("Gather", ["bank", "rows"], ["found"])])

    /// The mean of a number repeated 2⁴⁵ times: 128 TiB, more than a process can have.
    static let glutton = SmallGraph(
        inputs: [("number", .float32, ["1"])], outputs: [("mean", .float32, ["1"])],
        nodes: [("Expand", ["number", "many"], ["all"]), ("ReduceMean", ["all"], ["mean"])],
        constants: ["many": [1 << 45]])
}
