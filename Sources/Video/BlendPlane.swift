/// Sprites blended into 16-bit lanes, with a transparent rim of one pixel, so that sampling needs no test for edges.
final class BlendPlane {
    /// Pixels from row to row.
    let stride: Int

    private let width: Int
    private let height: Int
    private let lanes: Int
    private let memory: UnsafeMutableRawBufferPointer
    /// Lanes hold 256 times their value while sprites are added, and their value while they are painted.
    private var isSummed = false

    init(width: Int, height: Int, lanes: Int) {
        self.width = width
        self.height = height
        self.lanes = lanes
        stride = width + 2
        let count = (width + 2) * (height + 2) * lanes * MemoryLayout<UInt16>.stride
        memory = .allocate(byteCount: count, alignment: 64)
        memory.initializeMemory(as: UInt16.self, repeating: 0)
    }

    deinit { memory.deallocate() }

    /// Makes every pixel transparent.
    func clear() {
        memory.bindMemory(to: UInt16.self).update(repeating: 0)
        isSummed = false
    }

    /// Adds `weight` / 256 of rows of `width` pixels.
    func add(_ pixels: [UInt8], weight: UInt16) {
        precondition(!isSummed, "clear the brush before the next blend")
        let values = memory.bindMemory(to: UInt16.self).baseAddress.unsafelyUnwrapped
        let rowLength = width * lanes
        pixels.withUnsafeBufferPointer { pixels in
            var source = pixels.baseAddress.unsafelyUnwrapped
            var target = values + (stride + 1) * lanes
            for _ in 0..<height {
                for index in 0..<rowLength { target[index] &+= UInt16(source[index]) &* weight }
                source += rowLength
                target += stride * lanes
            }
        }
    }

    /// The first pixel that is no rim, as words that hold all lanes of a pixel.
    func words<Word: FixedWidthInteger>(of type: Word.Type) -> UnsafePointer<Word> {
        sum()
        return UnsafePointer(memory.bindMemory(to: type).baseAddress.unsafelyUnwrapped) + stride + 1
    }

    private func sum() {
        guard !isSummed else { return }
        isSummed = true
        let values = memory.bindMemory(to: UInt16.self)
        for index in values.indices { values[index] = (values[index] &+ 128) >> 8 }
    }

    /// The pixels of one row of a picture that the blend covers, and where to sample the first of them.
    struct Span {
        var columns: Range<Int>
        /// Sample position, in 1/65536 pixel, 0 at the centre of the first pixel.
        var u: Int
        var v: Int
        /// What it grows by from column to column.
        var du: Int
        var dv: Int
    }

    /// Calls `body` for each row of a plane of `width` × `height` pixels that the blend covers.
    /// - Parameter shrink: pixels of the picture, and of the sprite, for one of the plane: 1 for luma, 2 for chroma.
    @inline(__always)
    func forEachSpan(
        _ placement: Placement, _ sine: Double, _ cosine: Double, shrink: Double, width: Int, height: Int,
        _ body: (_ row: Int, _ span: Span) -> Void
    ) {
        // Rotating back and scaling back leads from the picture into the sprite.
        let (a, b) = (cosine / placement.scale, sine / placement.scale)
        let (rows, columns) = bounds(placement, sine, cosine, shrink: shrink, width: width, height: height)
        // Of a sprite far outside, coordinates might not even fit into an Int.
        guard !rows.isEmpty, !columns.isEmpty else { return }
        let du = Int((a * 65_536).rounded())
        let dv = Int((-b * 65_536).rounded())
        for row in rows {
            let x = Double(columns.lowerBound) + 0.5 - placement.x / shrink
            let y = Double(row) + 0.5 - placement.y / shrink
            let u = Int(((placement.anchorX / shrink + a * x + b * y - 0.5) * 65_536).rounded())
            let v = Int(((placement.anchorY / shrink - b * x + a * y - 0.5) * 65_536).rounded())
            // Beyond −1 and beyond the size there is nothing but rim.
            let steps = Self.steps(from: u, by: du, within: -65_536..<(self.width << 16), count: columns.count)
                .clamped(to: Self.steps(from: v, by: dv, within: -65_536..<(self.height << 16), count: columns.count))
            guard !steps.isEmpty else { continue }
            let first = columns.lowerBound + steps.lowerBound
            body(
                row,
                Span(
                    columns: first..<(first + steps.count), u: u + steps.lowerBound * du, v: v + steps.lowerBound * dv,
                    du: du, dv: dv))
        }
    }

    /// The rows and columns of the plane that hold the placed sprite.
    private func bounds(
        _ placement: Placement, _ sine: Double, _ cosine: Double, shrink: Double, width: Int, height: Int
    ) -> (rows: Range<Int>, columns: Range<Int>) {
        var (left, right) = (Double.infinity, -Double.infinity)
        var (top, bottom) = (Double.infinity, -Double.infinity)
        // One pixel more on each side: the rim is sampled, too.
        for u in [-1, Double(self.width) + 1] {
            for v in [-1, Double(self.height) + 1] {
                let x = (u - placement.anchorX / shrink) * placement.scale
                let y = (v - placement.anchorY / shrink) * placement.scale
                left = min(left, cosine * x - sine * y)
                right = max(right, cosine * x - sine * y)
                top = min(top, sine * x + cosine * y)
                bottom = max(bottom, sine * x + cosine * y)
            }
        }
        func whole(_ low: Double, _ high: Double, below limit: Int) -> Range<Int> {
            let first = min(max(low.rounded(.down), 0), Double(limit))
            let end = min(max(high.rounded(.up), first), Double(limit))
            return Int(first)..<Int(end)
        }
        return (
            whole(top + placement.y / shrink, bottom + placement.y / shrink, below: height),
            whole(left + placement.x / shrink, right + placement.x / shrink, below: width)
        )
    }

    /// Those n of `0 ..< count` for which `start + n * step` lies in `range`; they follow each other.
    static func steps(from start: Int, by step: Int, within range: Range<Int>, count: Int) -> Range<Int> {
        guard step != 0 else { return range.contains(start) ? 0..<count : 0..<0 }
        // Mirrored, a falling line rises.
        let (from, by, low, high) =
            step > 0
            ? (start, step, range.lowerBound, range.upperBound - 1)
            : (-start, -step, 1 - range.upperBound, -range.lowerBound)
        let first = from >= low ? 0 : (low - from + by - 1) / by
        let end = from > high ? 0 : (high - from) / by + 1
        return first < min(end, count) ? first..<min(end, count) : 0..<0
    }
}
