import Video

/// Where a part of a drawing is visible: its pixels whose alpha is a half or more. Places are edges of pixels.
struct DrawnShape {
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    private let image: RGBAImage

    /// - Returns: nil if nothing of it is visible.
    init?(_ image: RGBAImage) {
        var (left, right, top, bottom) = (Int.max, -1, Int.max, -1)
        for y in 0..<image.height {
            for x in 0..<image.width where image.pixels[(y * image.width + x) * 4 + 3] >= 128 {
                (left, right) = (min(left, x), max(right, x))
                (top, bottom) = (min(top, y), max(bottom, y))
            }
        }
        guard right >= 0 else { return nil }
        (self.left, self.right) = (Double(left), Double(right + 1))
        (self.top, self.bottom) = (Double(top), Double(bottom + 1))
        self.image = image
    }

    /// The middle of its bounds.
    var center: SIMD2<Double> { SIMD2((left + right) / 2, (top + bottom) / 2) }

    /// Its upper and lower edge in a column; nil where there is nothing of it.
    func rows(atColumn x: Double) -> (top: Double, bottom: Double)? {
        let column = min(max(Int(x), 0), image.width - 1)
        let rows = (0..<image.height).filter { image.pixels[($0 * image.width + column) * 4 + 3] >= 128 }
        guard let first = rows.first, let last = rows.last else { return nil }
        return (Double(first), Double(last + 1))
    }

    /// Its left and right edge in a row; nil where there is nothing of it.
    func columns(atRow y: Double) -> (left: Double, right: Double)? {
        let row = min(max(Int(y), 0), image.height - 1)
        let columns = (0..<image.width).filter { image.pixels[(row * image.width + $0) * 4 + 3] >= 128 }
        guard let first = columns.first, let last = columns.last else { return nil }
        return (Double(first), Double(last + 1))
    }

    /// Its outermost points to the left and to the right: the middle of what is there.
    var corners: (left: SIMD2<Double>, right: SIMD2<Double>) {
        func middle(_ x: Double) -> Double { rows(atColumn: x).map { ($0.top + $0.bottom) / 2 } ?? center.y }
        return (SIMD2(left, middle(left)), SIMD2(right, middle(right - 1)))
    }
}
