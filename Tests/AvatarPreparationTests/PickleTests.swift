import Foundation
import TestSupport
import Testing

@testable import AvatarPreparation

@Suite(.timeLimit(.minutes(10))) struct PickleTests {
    private static func rows(_ bytes: [UInt8]) throws -> [[Int]] {
        let pickle = try Pickle(bytes)
        return try pickle.items(pickle.root, at: "", expected: "a list").map { row in
            try pickle.wholeNumbers(4, row, at: "row", expected: "four numbers")
        }
    }

    @Test(arguments: 0...5)
    func everyProtocolAndEveryTypeOfNumberReadsTheSame(version: Int) throws {
        let rows = try Self.rows(Fixture.bytes("boxes-\(version).pkl"))
        #expect(rows == Array(repeating: [212, -7, 340, 70_000], count: 7))
    }

    @Test(arguments: 0...2)
    func whatNumPyBeforeVersion2WroteReadsTheSame(version: Int) throws {
        let text = String(decoding: try Fixture.bytes("boxes-\(version).pkl"), as: Unicode.UTF8.self)
        try #require(text.contains("numpy._core"))
        // These protocols end names with a line feed, so that a shorter one fits. Latin-1 keeps every byte a character.
        let latin = String(data: Data(try Fixture.bytes("boxes-\(version).pkl")), encoding: .isoLatin1) ?? ""
        let old = latin.replacing("numpy._core.", with: "numpy.core.").unicodeScalars.map { UInt8($0.value) }
        #expect(try Self.rows(old) == Array(repeating: [212, -7, 340, 70_000], count: 7))
    }

    @Test(arguments: [
        ("cos\nsystem\n(S'touch /tmp/owned'\ntR.", "os.system", 0),
        ("c__builtin__\neval\n(V1\ntR.", "__builtin__.eval", 0),
        ("ctorch\nload\n(V1\ntR.", "torch.load", 0),
        ("\u{80}\u{04}\u{8c}\u{02}os\u{8c}\u{06}system\u{93}.", "os.system", 14),
        ("(]cnumpy\nload\n.", "numpy.load", 2),
        ("c\u{1B}[2J\nrm\n.", "\\u{1B}[2J.rm", 0),
    ])
    func whatMayRunSomethingIsRefusedByName(program: String, name: String, offset: Int) throws {
        let bytes = program.unicodeScalars.map { UInt8($0.value) }
        #expect(throws: PickleError.forbidden(name: name, offset: offset)) { try Pickle(bytes) }
    }

    @Test(arguments: [
        ("(ios\nsystem\n.", "0x69"), ("(cnumpy\ndtype\no.", "0x6f"), ("\u{82}\u{01}.", "0x82"),
        ("cnumpy\ndtype\n)\u{81}.", "0x81"), ("\u{97}.", "0x97"), ("\u{FF}", "0xff"),
    ])
    func instructionsThatNoneOfTheseFilesHasAreRefused(program: String, opcode: String) throws {
        let error = #expect(throws: PickleError.self) { try Pickle(program.unicodeScalars.map { UInt8($0.value) }) }
        #expect(error?.description.contains(opcode) == true)
    }

    @Test(arguments: [
        "", ".", "0.", "a.", "(.", "K", "]K\u{01}e.", "h\u{00}.", "I1x\n.", "Fone\n.", "\u{80}\u{09}N.", "t.", "R.",
        "b.", "K\u{01}K\u{02}R.", "K\u{01}K\u{02}b.", "(K\u{01}d.", "}K\u{01}s.", "S'open\n.", "V\\u12\n.",
        "X\u{02}\0\0\0\u{FF}\u{FF}.",
    ])
    func brokenProgramsAreRefused(program: String) {
        #expect(throws: PickleError.self) { try Pickle(program.unicodeScalars.map { UInt8($0.value) }) }
    }

    @Test(arguments: 0...5)
    func aPickleThatBreaksOffIsRefused(version: Int) throws {
        let bytes = try Fixture.bytes("boxes-\(version).pkl")
        for count in 0..<bytes.count {
            #expect(throws: PickleError.self) { try Pickle(Array(bytes[..<count])) }
        }
    }

    @Test func integersKeepTheirSign() throws {
        func value(_ bytes: [UInt8]) throws -> Double? {
            let pickle = try Pickle(bytes)
            return pickle.number(pickle.root)
        }
        #expect(try value([0x8A, 0, 0x2E]) == 0)
        #expect(try value([0x8A, 1, 0xFF, 0x2E]) == -1)
        #expect(try value([0x8A, 2, 0xFF, 0, 0x2E]) == 255)
        #expect(try value([0x8A, 8, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x2E]) == -0x1p63)
        // Beyond 64 bits it is no coordinate.
        #expect(try value([0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x2E]) == nil)
    }

    @Test func aListOfItselfAndListsOfListsCostNoMoreThanTheirBytes() throws {
        let itself = try Pickle(Array("]q\0h\0a.".utf8))
        #expect(throws: PickleError.self) { try itself.wholeNumbers(4, itself.root, at: "", expected: "numbers") }
        // Ten times the list before, forty times over: 10⁴⁰ numbers, if somebody counted them.
        let level = "(\(String(repeating: "h\0", count: 10))lq\0"
        let many = try Pickle(Array("(K\u{1}lq\0\(String(repeating: level, count: 40)).".utf8))
        #expect(many.count == 42)
        #expect(throws: PickleError.self) { try many.wholeNumbers(10, many.root, at: "", expected: "numbers") }
    }

    @Test(arguments: [UInt8(ascii: "N"), UInt8(ascii: "("), UInt8(ascii: "]")])
    func aPickleOfTooMuchIsRefused(instruction: UInt8) {
        for count in [Pickle.mostValues + 1, Pickle.mostBytes + 1] {
            let bytes = [UInt8](repeating: instruction, count: count)
            let error = #expect(throws: PickleError.self) { try Pickle(bytes) }
            guard case .tooLarge = error else {
                Issue.record("\(count): \(String(describing: error))")
                continue
            }
        }
    }

    @Test func anErrorSaysWhereWhatAndWhat() throws {
        let pickle = try Pickle(Array("(K\u{1}K\u{2}Nt.".utf8))
        let error = #expect(throws: PickleError.self) {
            try pickle.wholeNumbers(4, pickle.root, at: "[7]", expected: "[x1, y1, x2, y2]")
        }
        #expect(error?.description == "at [7] holds [1.0, 2.0, None]; expected [x1, y1, x2, y2]")
    }

    /// Whatever the bytes, reading ends with a value or a typed error.
    @Test(arguments: 0...5)
    func damagedPicklesNeverCrash(version: Int) throws {
        let bytes = try Fixture.bytes("boxes-\(version).pkl")
        var generator = SeededGenerator(seed: UInt64(version))
        for _ in 0..<1_000 {
            do {
                _ = try Self.rows(bytes.damaged(by: &generator))
            } catch {
                #expect(error is PickleError)
            }
        }
    }
}
