public import Foundation

/// An array that NumPy has saved: a `.npy` file, version 1 to 3, little-endian, in C order.
public struct NumPyArray<Element: NumPyElement>: Sendable, Equatable {
    /// How many elements along each axis; the last one runs fastest.
    public let shape: [Int]
    /// All elements, row by row.
    public let elements: [Element]

    /// Reads a file.
    /// - Throws: ``NumPyError`` if it is no such file, or holds elements of another type.
    public init(contentsOf file: URL) throws {
        let bytes = try [UInt8](Data(contentsOf: file))
        let header = try NumPyHeader(bytes, of: file)
        guard header.type == Element.numPyType else {
            throw NumPyError(file: file.path, problem: "holds \(header.type); expected \(Element.numPyType)")
        }
        let count = header.shape.reduce(1, *)
        guard bytes.count == header.length + count * MemoryLayout<Element>.stride else {
            throw NumPyError(file: file.path, problem: "\(bytes.count) bytes; expected \(count) elements")
        }
        shape = header.shape
        elements = Array(unsafeUninitializedCapacity: count) { elements, initializedCount in
            bytes.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(elements).copyMemory(from: .init(rebasing: $0[header.length...]))
            }
            initializedCount = count
        }
    }

    /// The part of the array at `index` of the first axis, e.g. one picture of several.
    public subscript(index: Int) -> ArraySlice<Element> {
        let size = shape.dropFirst().reduce(1, *)
        return elements[(index * size)..<((index + 1) * size)]
    }
}

/// A type that NumPy can save.
public protocol NumPyElement: BitwiseCopyable, Equatable, Sendable {
    /// NumPy's name for it, byte order included.
    static var numPyType: String { get }
}

extension Float: NumPyElement {
    /// Little-endian, where that matters.
    public static var numPyType: String { "<f4" }
}

extension Double: NumPyElement {
    /// Little-endian, where that matters.
    public static var numPyType: String { "<f8" }
}

extension UInt8: NumPyElement {
    /// Little-endian, where that matters.
    public static var numPyType: String { "|u1" }
}

extension Int64: NumPyElement {
    /// Little-endian, where that matters.
    public static var numPyType: String { "<i8" }
}

/// What is wrong with a file.
public struct NumPyError: Error, CustomStringConvertible {
    /// Where it lies.
    public let file: String
    /// What was found, and what was expected.
    public let problem: String

    /// Both.
    public var description: String { "\(file): \(problem)" }
}

/// What stands before the elements: a magic number, the version, and a Python dictionary in words.
private struct NumPyHeader {
    var type: String
    var shape: [Int]
    /// Bytes before the first element.
    var length: Int

    init(_ bytes: [UInt8], of file: URL) throws {
        guard bytes.count >= 12, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw NumPyError(file: file.path, problem: "no .npy file")
        }
        // Version 1 has two bytes for the dictionary's length, later ones four.
        let fieldSize = bytes[6] == 1 ? 2 : 4
        let dictionaryLength = (0..<fieldSize).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
        length = 8 + fieldSize + dictionaryLength
        let words = String(decoding: bytes[(8 + fieldSize)..<min(length, bytes.count)], as: UTF8.self)
        let pattern = /'descr': '([^']+)', 'fortran_order': False, 'shape': \(([0-9, ]*)\)/
        guard let match = words.firstMatch(of: pattern) else {
            throw NumPyError(file: file.path, problem: "\(words); expected a plain array in C order")
        }
        type = String(match.1)
        shape = match.2.split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    }
}
