/// How the pixels of a ``Sprite`` lie in memory: rows, with a transparent rim of one pixel all around, so that sampling
/// between them needs no test for edges. And which of them lie under which pixels of a picture.
struct SpritePlane {
    let width: Int
    let height: Int

    /// Pixels from row to row.
    var stride: Int { width + 2 }
    /// Pixels in all, the rim's included.
    var count: Int { (width + 2) * (height + 2) }
    /// Where the first pixel that is no rim lies.
    var start: Int { stride + 1 }

    /// Where a pixel lies.
    func index(_ row: Int, _ column: Int) -> Int { start + row * stride + column }

    /// The pixels of one row of a picture that the sprite covers, and where to sample the first of them.
    struct Span {
        var columns: Range<Int>
        /// Sample position, in 1/65536 pixel, 0 at the centre of the first pixel.
        var u: Int
        var v: Int
        /// What it grows by from column to column.
        var du: Int
        var dv: Int
    }

    /// Calls `body` for each row of a plane that the sprite covers, as far as it lies in `area`.
    /// - Parameter shrink: pixels of the picture, and of the sprite, for one of the plane: 1 for luma, 2 for chroma.
    @inline(__always)
    func forEachSpan(
        _ placement: Placement, _ sine: Double, _ cosine: Double, shrink: Double, within area: PixelBox,
        _ body: (_ row: Int, _ span: Span) -> Void
    ) {
        // Rotating back and scaling back leads from the picture into the sprite.
        let (a, b) = (cosine / placement.scale, sine / placement.scale)
        let (rows, columns) = bounds(placement, sine, cosine, shrink: shrink, within: area)
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
        _ placement: Placement, _ sine: Double, _ cosine: Double, shrink: Double, within area: PixelBox
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
        func whole(_ low: Double, _ high: Double, within limits: Range<Int>) -> Range<Int> {
            let first = min(max(low.rounded(.down), Double(limits.lowerBound)), Double(limits.upperBound))
            let end = min(max(high.rounded(.up), first), Double(limits.upperBound))
            return Int(first)..<Int(end)
        }
        return (
            whole(top + placement.y / shrink, bottom + placement.y / shrink, within: area.top..<area.bottom),
            whole(left + placement.x / shrink, right + placement.x / shrink, within: area.left..<area.right)
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
