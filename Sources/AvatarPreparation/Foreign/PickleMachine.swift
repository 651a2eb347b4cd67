/// The stack machine that a pickle is a program for, without the instructions that do anything.
///
/// Source: CPython's `Lib/pickletools.py`, which describes every instruction of protocols 0 to 5.
struct PickleMachine {
    private var cursor: ByteCursor
    private var pickle = Pickle()
    private var stack: [Pickle.Reference] = []
    /// Heights of the stack at the marks that are still open.
    private var marks: [Int] = []
    private var memo: [Int: Pickle.Reference] = [:]
    /// Where the current instruction begins.
    private var offset = 0

    /// Runs the pickle that begins at `position`.
    /// - Returns: the graph, and where the pickle ended.
    /// - Throws: ``PickleError``.
    static func read(_ bytes: [UInt8], at position: Int = 0) throws(PickleError) -> (pickle: Pickle, end: Int) {
        var machine = PickleMachine(cursor: ByteCursor(bytes, at: position))
        do {
            while true {
                machine.offset = machine.cursor.position
                try machine.checkSize()
                if try !machine.step(machine.cursor.byte()) { break }
            }
        } catch let error as PickleError {
            throw error
        } catch {
            throw .truncated(offset: machine.cursor.position)
        }
        return (machine.pickle, machine.cursor.position)
    }

    private init(cursor: ByteCursor) { self.cursor = cursor }

    /// Carries out one instruction.
    /// - Returns: false after the last.
    private mutating func step(_ opcode: UInt8) throws -> Bool {
        if let node = try literal(opcode) {
            push(node)
            return true
        }
        switch Character(Unicode.Scalar(opcode)) {
        case ".":
            pickle.root = try pop()
            return false
        case "\u{80}": try checkProtocol(cursor.byte())
        case "\u{95}": try cursor.skip(8)
        case "(": marks.append(stack.count)
        case "0": if stack.count == marks.last { marks.removeLast() } else { _ = try pop() }
        case "1": _ = try popToMark()
        case "2": stack.append(try top())
        case "p": try memorise(at: number(ofLine: cursor.line()))
        case "q": try memorise(at: Int(cursor.byte()))
        case "r": try memorise(at: Int(cursor.integer(UInt32.self)))
        case "\u{94}": try memorise(at: memo.count)
        case "g": try recall(number(ofLine: cursor.line()))
        case "h": try recall(Int(cursor.byte()))
        case "j": try recall(Int(cursor.integer(UInt32.self)))
        case "a": try append([pop()])
        case "e": try append(popToMark())
        case "s":
            let value = try pop()
            try append(pairs: [pop(), value])
        case "u": try append(pairs: popToMark())
        case "b": try build()
        default: throw PickleError.unsupported(opcode: opcode, offset: offset)
        }
        return true
    }

    /// The value that an instruction pushes; nil for one that does something else.
    private mutating func literal(_ opcode: UInt8) throws -> PickleNode? {
        switch Character(Unicode.Scalar(opcode)) {
        case "N": .nothing
        case "\u{88}": .bool(true)
        case "\u{89}": .bool(false)
        case "I": try booleanOrInteger(cursor.line())
        case "L": .integer(try number(ofLine: cursor.line()))
        case "K": .integer(Int(try cursor.byte()))
        case "M": .integer(Int(try cursor.integer(UInt16.self)))
        case "J": .integer(Int(try cursor.integer(Int32.self)))
        case "\u{8a}": long(try cursor.read(Int(cursor.byte())))
        case "\u{8b}": long(try cursor.read(Int(cursor.integer(Int32.self))))
        case "F": .float(try real(cursor.line()))
        case "G": .float(Double(bitPattern: try cursor.integer(UInt64.self).byteSwapped))
        case "S": .bytes(try unquoted(cursor.line()))
        case "U", "C": .bytes(try cursor.read(Int(cursor.byte())))
        case "T": .bytes(try cursor.read(Int(cursor.integer(Int32.self))))
        case "B": .bytes(try cursor.read(Int(cursor.integer(UInt32.self))))
        case "\u{8e}", "\u{96}": .bytes(try cursor.read(length()))
        case "V": .text(try rawUnicode(cursor.line()))
        case "\u{8c}": .text(try utf8(cursor.read(Int(cursor.byte()))))
        case "X": .text(try utf8(cursor.read(Int(cursor.integer(UInt32.self)))))
        case "\u{8d}": .text(try utf8(cursor.read(length())))
        case "]": .list([])
        case "l": .list(try popToMark())
        case ")": .tuple([])
        case "t": .tuple(try popToMark())
        case "\u{85}": .tuple(try pop(1))
        case "\u{86}": .tuple(try pop(2))
        case "\u{87}": .tuple(try pop(3))
        case "}": .dictionary([])
        case "d": .dictionary(try even(popToMark()))
        case "c": .global(try global(utf8(cursor.line()), utf8(cursor.line())))
        case "\u{93}": .global(try stackGlobal())
        case "R": try call()
        case "P": .persistent(try pickle.add(.text(utf8(cursor.line()))))
        case "Q": .persistent(try pop())
        default: nil
        }
    }
}

extension PickleMachine {
    // MARK: The stack

    private func damaged(_ reason: String) -> PickleError { .malformed(reason: reason, offset: offset) }

    private mutating func push(_ node: PickleNode) {
        stack.append(pickle.add(node))
    }

    /// Each instruction adds at most one to each of these.
    private func checkSize() throws(PickleError) {
        let count = max(max(pickle.count, stack.count), max(marks.count, memo.count))
        guard count < Pickle.mostValues else {
            throw .tooLarge(found: "more than \(Pickle.mostValues) values", limit: "\(Pickle.mostValues)")
        }
    }

    private func top() throws(PickleError) -> Pickle.Reference {
        guard let last = stack.last, stack.count > marks.last ?? 0 else { throw damaged("there is nothing to take") }
        return last
    }

    private mutating func pop() throws(PickleError) -> Pickle.Reference {
        let last = try top()
        stack.removeLast()
        return last
    }

    private mutating func pop(_ count: Int) throws(PickleError) -> [Pickle.Reference] {
        guard stack.count - count >= marks.last ?? 0 else { throw damaged("there is too little to take") }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popToMark() throws(PickleError) -> [Pickle.Reference] {
        guard let mark = marks.popLast() else { throw damaged("there is no mark") }
        defer { stack.removeLast(stack.count - mark) }
        return Array(stack[mark...])
    }

    private mutating func memorise(at index: Int) throws(PickleError) { memo[index] = try top() }

    private mutating func recall(_ index: Int) throws(PickleError) {
        guard let reference = memo[index] else { throw damaged("nothing was stored under \(index)") }
        stack.append(reference)
    }

    // MARK: Filling what is there

    private mutating func append(_ items: [Pickle.Reference]) throws(PickleError) {
        let isDone = try pickle.update(top()) { node in
            guard case .list(var list) = node else { return false }
            node = .nothing
            list += items
            node = .list(list)
            return true
        }
        guard isDone else { throw damaged("something is appended to what is no list") }
    }

    private mutating func append(pairs: [Pickle.Reference]) throws(PickleError) {
        let pairs = try even(pairs)
        let isDone = try pickle.update(top()) { node in
            switch node {
            case .dictionary(var entries):
                node = .nothing
                entries += pairs
                node = .dictionary(entries)
                return true
            // An OrderedDict is filled like a dictionary.
            case .call(.orderedDictionary, _, _):
                node = .dictionary(pairs)
                return true
            default: return false
            }
        }
        guard isDone else { throw damaged("an entry is given to what is no dictionary") }
    }

    private func even(_ items: [Pickle.Reference]) throws(PickleError) -> [Pickle.Reference] {
        guard items.count.isMultiple(of: 2) else { throw damaged("a key of a dictionary has no value") }
        return items
    }

    private mutating func build() throws(PickleError) {
        let state = try pop()
        let isDone = try pickle.update(top()) { node in
            switch node {
            case .call(let global, let arguments, _):
                node = .call(global, arguments: arguments, state: state)
                return true
            // Attributes of an OrderedDict, as PyTorch gives them to weights; they say nothing of its entries.
            case .dictionary: return true
            default: return false
            }
        }
        guard isDone else { throw damaged("a state is given to what has none") }
    }

    private mutating func call() throws(PickleError) -> PickleNode {
        let arguments = try pop()
        guard case .global(let global) = pickle[try pop()], case .tuple = pickle[arguments] else {
            throw damaged("what is called is no Python name, or with no tuple")
        }
        return .call(global, arguments: arguments, state: nil)
    }

    // MARK: Names

    private func global(_ module: String, _ name: String) throws(PickleError) -> PickleGlobal {
        guard let global = PickleGlobal(module: module, name: name) else {
            // The name comes from the file: it must not be able to paint over the terminal.
            let printable = "\(module).\(name)".unicodeScalars.prefix(80).map { $0.escaped(asASCII: true) }
            throw .forbidden(name: printable.joined(), offset: offset)
        }
        return global
    }

    private mutating func stackGlobal() throws(PickleError) -> PickleGlobal {
        let name = try pop()
        guard case .text(let name) = pickle[name], case .text(let module) = pickle[try pop()] else {
            throw damaged("a Python name is no text")
        }
        return try global(module, name)
    }

    // MARK: Literals

    private func checkProtocol(_ version: UInt8) throws(PickleError) {
        guard version <= 5 else { throw damaged("it is of protocol \(version); known are 0 to 5") }
    }

    private mutating func length() throws -> Int {
        guard let length = Int(exactly: try cursor.integer(UInt64.self)) else { throw damaged("a length of 2⁶³ bytes") }
        return length
    }

    private func text(_ line: ArraySlice<UInt8>) -> Substring {
        Substring(decoding: line, as: UTF8.self)
    }

    private func number(ofLine line: ArraySlice<UInt8>) throws(PickleError) -> Int {
        // Python 2 ended long integers with an L.
        let digits = line.last == UInt8(ascii: "L") ? line.dropLast() : line
        guard let number = Int(text(digits)) else { throw damaged("a number is expected") }
        return number
    }

    private func booleanOrInteger(_ line: ArraySlice<UInt8>) throws(PickleError) -> PickleNode {
        switch text(line) {
        case "00": .bool(false)
        case "01": .bool(true)
        default: .integer(try number(ofLine: line))
        }
    }

    private func real(_ line: ArraySlice<UInt8>) throws(PickleError) -> Double {
        guard let number = Double(text(line)) else { throw damaged("a number is expected") }
        return number
    }

    private func long(_ bytes: ArraySlice<UInt8>) -> PickleNode {
        guard bytes.count <= 8 else { return .longInteger(bytes) }
        let sign = UInt64(bytes.last.map { $0 >= 0x80 ? UInt64.max : 0 } ?? 0)
        return .integer(Int(bitPattern: UInt(bytes.reversed().reduce(sign) { $0 << 8 | UInt64($1) })))
    }

    private func utf8(_ bytes: ArraySlice<UInt8>) throws(PickleError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw damaged("a text is not UTF-8") }
        return text
    }

    private func unquoted(_ line: ArraySlice<UInt8>) throws(PickleError) -> ArraySlice<UInt8> {
        guard line.count >= 2, let quote = line.first, quote == line.last, quote == 0x22 || quote == 0x27,
            !line.contains(UInt8(ascii: "\\"))
        else { throw damaged("a text is not in plain quotes") }
        return line.dropFirst().dropLast()
    }

    /// Latin-1, and `\uXXXX` for what is beyond it and for control characters.
    private func rawUnicode(_ line: ArraySlice<UInt8>) throws(PickleError) -> String {
        var scalars = String.UnicodeScalarView()
        var rest = line
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "u") else {
                scalars.append(Unicode.Scalar(byte))
                continue
            }
            let digits = text(rest.dropFirst().prefix(4))
            guard digits.utf8.count == 4, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
                throw damaged("a text has a broken \\u")
            }
            scalars.append(scalar)
            rest = rest.dropFirst(5)
        }
        return String(scalars)
    }
}

extension Pickle {
    /// A pickle of 200,000 boxes has less.
    static let mostBytes = 16 << 20
    /// Values in a pickle, on its stack, or remembered; each costs some 40 bytes.
    static let mostValues = 2_000_000
}
