/// A rectangle of whole pixels: left and top edge are in it, right and bottom edge are not. x runs right, y down.
public struct PixelBox: Sendable, Hashable {
    /// The first column.
    public var left: Int
    /// The first row.
    public var top: Int
    /// The column behind the last.
    public var right: Int
    /// The row below the last.
    public var bottom: Int

    /// Columns; negative if there are none, and also if they are too many for a number: files may say anything.
    public var width: Int { right &- left }
    /// Rows; negative as ``width`` is.
    public var height: Int { bottom &- top }

    /// True if all edges are even, so that it covers whole chroma samples.
    public var isEven: Bool { [left, top, right, bottom].allSatisfy { $0.isMultiple(of: 2) } }

    /// Puts the parts together.
    public init(left: Int, top: Int, right: Int, bottom: Int) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    /// True if all of `other` lies in it.
    public func contains(_ other: PixelBox) -> Bool {
        left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom
    }
}

extension PixelBox: CustomStringConvertible {
    /// As it is written in files.
    public var description: String { "[\(left), \(top), \(right), \(bottom)]" }
}

/// In files a box is a list, as MuseTalk writes it: `[left, top, right, bottom]`.
extension PixelBox: Codable {
    /// Reads four whole numbers.
    public init(from decoder: any Decoder) throws {
        let edges = try [Int](from: decoder)
        guard edges.count == 4 else {
            let reason = "a list of \(edges.count) numbers instead of [left, top, right, bottom]"
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: reason))
        }
        self.init(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3])
    }

    /// Writes four whole numbers.
    public func encode(to encoder: any Encoder) throws {
        try [left, top, right, bottom].encode(to: encoder)
    }
}
