/// One event of a stream of server-sent events.
struct ServerSentEvent: Equatable {
    /// What it is called; `message` if the server said nothing.
    var name = "message"
    /// Its lines of data, joined by line feeds.
    var data = ""
}

/// Finds the events in a stream of bytes (WHATWG HTML, section 9.2), however it is cut, in the middle of a character too.
struct ServerSentEventParser {
    /// A line that does not end.
    struct LineTooLong: Error, CustomStringConvertible {
        var description: String { "a line of more than \(ServerSentEventParser.longestLine) bytes" }
    }

    private var line: [UInt8] = []
    private var lastWasReturn = false
    private var isFirstLine = true
    private var name = ""
    private var data: [String] = []

    static let longestLine = 4 << 20

    /// Takes more bytes.
    /// - Returns: the events that they complete.
    mutating func take(_ bytes: some Sequence<UInt8>) throws(LineTooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            defer { lastWasReturn = byte == UInt8(ascii: "\r") }
            switch byte {
            case UInt8(ascii: "\n") where lastWasReturn: break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): if let event = endLine() { events.append(event) }
            default:
                guard line.count < Self.longestLine else { throw LineTooLong() }
                line.append(byte)
            }
        }
        return events
    }

    /// The stream has ended; what is complete but for its blank line counts, as servers forget it.
    mutating func finish() -> ServerSentEvent? {
        endLine() ?? endLine()
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer {
            line.removeAll(keepingCapacity: true)
            isFirstLine = false
        }
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        guard !line.isEmpty else { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "data": data.append(String(decoding: value, as: UTF8.self))
        case "event": name = String(decoding: value, as: UTF8.self)
        default: break  // A comment, an id, a time to reconnect.
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            name = ""
            data = []
        }
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(name: name.isEmpty ? "message" : name, data: data.joined(separator: "\n"))
    }
}
