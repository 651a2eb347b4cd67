import CONNXRuntime

/// Asks the library what a graph takes and gives.
struct PortReader {
    enum Direction { case input, output }

    let runtime: InferenceRuntime
    let session: Handle
    let direction: Direction

    func ports() throws(InferenceError) -> [Graph.Port] {
        let api = runtime.api.pointee
        var count = 0
        let counting = direction == .input ? api.input_count : api.output_count
        try runtime.check(counting(session.pointer, &count), doing: "reading a graph")
        var ports: [Graph.Port] = []
        for index in 0..<count { ports.append(try port(index)) }
        return ports
    }

    private func port(_ index: Int) throws(InferenceError) -> Graph.Port {
        let api = runtime.api.pointee
        let typing = direction == .input ? api.input_type : api.output_type
        let type = try runtime.make(api.release_type_info, doing: "reading a graph") {
            typing(session.pointer, index, &$0)
        }
        let name = try name(index)
        var info: OpaquePointer?
        try runtime.check(api.tensor_info(type.pointer, &info), doing: "reading `\(name)`")
        guard let info else { return Graph.Port(name: name, elementType: nil, axes: []) }
        var number: Int32 = 0
        try runtime.check(api.element_type(info, &number), doing: "reading `\(name)`")
        return Graph.Port(name: name, elementType: ElementType(rawValue: number), axes: try axes(info, of: name))
    }

    private func name(_ index: Int) throws(InferenceError) -> String {
        let api = runtime.api.pointee
        var allocator: OpaquePointer?
        try runtime.check(api.default_allocator(&allocator), doing: "reading a graph")
        guard let allocator else { throw .failed(doing: "reading a graph", reason: "there is no allocator") }
        let naming = direction == .input ? api.input_name : api.output_name
        var name: UnsafeMutablePointer<CChar>?
        try runtime.check(naming(session.pointer, index, allocator, &name), doing: "reading a graph")
        guard let name else { throw .failed(doing: "reading a graph", reason: "port \(index) has no name") }
        defer { api.release_status(api.free_with_allocator(allocator, name)) }
        return String(cString: name)
    }

    private func axes(_ info: OpaquePointer, of name: String) throws(InferenceError) -> [Graph.Port.Axis] {
        let api = runtime.api.pointee
        var rank = 0
        try runtime.check(api.rank(info, &rank), doing: "reading `\(name)`")
        var lengths = [Int64](repeating: 0, count: rank)
        var names = [UnsafePointer<CChar>?](repeating: nil, count: rank)
        try runtime.check(api.dimensions(info, &lengths, rank), doing: "reading `\(name)`")
        try runtime.check(api.symbolic_dimensions(info, &names, rank), doing: "reading `\(name)`")
        return zip(lengths, names).map { length, name in
            length >= 0 ? .fixed(Int(length)) : .dynamic(name.map { String(cString: $0) } ?? "")
        }
    }
}
