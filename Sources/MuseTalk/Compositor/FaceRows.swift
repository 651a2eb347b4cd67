import Video

/// A face at the size of its box, two rows at a time: `cv2.resize` of bytes with `INTER_LINEAR`, bit for bit.
final class FaceRows {
    /// Two rows of the result; of each all red, then all green, then all blue values, 0…255.
    let results: (upper: UnsafeMutablePointer<UInt16>, lower: UnsafeMutablePointer<UInt16>)

    private let columns: FaceColumns
    /// Rows of the face at their new width, one with an even and one with an odd number.
    private let stretched: (even: UnsafeMutablePointer<UInt16>, odd: UnsafeMutablePointer<UInt16>)
    private var stretchedRows: (even: Int?, odd: Int?)
    private var box = PixelBox(left: 0, top: 0, right: 0, bottom: 0)

    /// - Parameter capacity: columns that are made at most.
    init(capacity: Int) {
        columns = FaceColumns(capacity: capacity)
        func row() -> UnsafeMutablePointer<UInt16> {
            let row = UnsafeMutablePointer<UInt16>.allocate(capacity: 3 * capacity)
            row.initialize(repeating: 0, count: 3 * capacity)
            return row
        }
        results = (row(), row())
        stretched = (row(), row())
    }

    deinit {
        for row in [results.upper, results.lower, stretched.even, stretched.odd] { row.deallocate() }
    }

    /// Starts with another face.
    /// - Parameters:
    ///   - box: where it lies in the frame.
    ///   - range: which of the frame's columns are made.
    func begin(in box: PixelBox, columns range: Range<Int>) {
        self.box = box
        stretchedRows = (nil, nil)
        columns.prepare(range, of: box)
    }

    /// Makes the rows `y` and `y + 1` of the frame.
    /// - Parameter face: 256×256 pixels of red, green, blue; the same until the next ``begin(in:columns:)``.
    func make(_ y: Int, of face: UnsafePointer<UInt8>) {
        make(y, of: face, in: results.upper)
        make(y + 1, of: face, in: results.lower)
    }

    private func make(_ y: Int, of face: UnsafePointer<UInt8>, in result: UnsafeMutablePointer<UInt16>) {
        // Beyond the box the mask is zero.
        let place = min(max(y - box.top, 0), box.height - 1)
        let position = ResizePosition(of: place, from: FaceCrop.size, to: box.height)
        let upper = row(min(max(position.pixel, 0), FaceCrop.size - 1), of: face)
        let lower = row(min(max(position.pixel + 1, 0), FaceCrop.size - 1), of: face)
        let (upperWeight, lowerWeight) = (
            UInt16(ResizePosition.fixed(1 - position.fraction)), UInt16(ResizePosition.fixed(position.fraction))
        )
        for index in 0..<(3 * columns.range.count) {
            let sum = Self.high(upper[index], upperWeight) &+ Self.high(lower[index], lowerWeight)
            result[index] = (sum &+ 2) >> 2
        }
    }

    /// A row of the face at its new width.
    private func row(_ index: Int, of face: UnsafePointer<UInt8>) -> UnsafePointer<UInt16> {
        let isEven = index.isMultiple(of: 2)
        let row = isEven ? stretched.even : stretched.odd
        if index != (isEven ? stretchedRows.even : stretchedRows.odd) {
            columns.stretch(face + index * FaceCrop.size * 3, to: row)
            if isEven { stretchedRows.even = index } else { stretchedRows.odd = index }
        }
        return UnsafePointer(row)
    }

    /// The upper half of a product: one instruction for eight lanes.
    @inline(__always)
    private static func high(_ a: UInt16, _ b: UInt16) -> UInt16 {
        UInt16(truncatingIfNeeded: (UInt32(a) &* UInt32(b)) >> 16)
    }
}
