/// Draws patches of one picture elsewhere in another: a mesh of them warps it.
///
/// The patches lie in rows and columns, and their corners may go anywhere as long as those of a column stay above each
/// other. A pixel belongs to the patch in which its centre lies; on an edge that two patches share, to one of them: a mesh
/// has neither gaps nor seams. Along a row of pixels in a patch, and along its sides, the source runs evenly; between its
/// pixels it is sampled bilinearly.
///
/// It belongs to one task at a time: it is not `Sendable`.
public final class MeshWarp {
    /// A corner of patches.
    public struct Corner: Sendable {
        /// Where it comes to lie, in pixels of the target; pixel centres are at .5.
        public var target: SIMD2<Float>
        /// Where it lies in the source, in its pixels.
        public var source: SIMD2<Float>
        /// How much of it is seen: 0 nothing … 1 all. Only where patches fade does this count.
        public var opacity: Float

        /// Puts the parts together.
        public init(target: SIMD2<Float>, source: SIMD2<Float>, opacity: Float = 1) {
            self.target = target
            self.source = source
            self.opacity = opacity
        }
    }

    /// Corners in a row at most.
    private let most: Int
    private let sides: UnsafeMutablePointer<Side>

    /// - Parameter columns: corners in a row at most.
    public init(columns: Int) {
        most = columns
        sides = .allocate(capacity: max(columns, 1))
        sides.initialize(repeating: Side(), count: max(columns, 1))
    }

    deinit { sides.deallocate() }

    /// Draws patches. What falls outside of the target is cut off; corners outside of the source are taken to its rim.
    /// - Parameters:
    ///   - corners: row by row.
    ///   - columns: corners in a row.
    ///   - shows: for each corner whether the patch to the right of it and below is drawn.
    ///   - fades: whether it is drawn over what is there, as the corners' opacity says.
    ///   - source: what is drawn.
    ///   - target: another picture of the same size.
    /// - Precondition: whole rows, no more columns than the warp was made for, and as many answers as corners.
    public func draw(
        _ corners: UnsafeBufferPointer<Corner>, columns: Int, shows: UnsafeBufferPointer<Bool>, fades: Bool = false,
        from source: PixelBuffer, onto target: PixelBuffer
    ) {
        precondition(source !== target && source.width == target.width && source.height == target.height)
        precondition(columns <= most && corners.count.isMultiple(of: max(columns, 1)) && shows.count == corners.count)
        guard columns > 1, corners.count >= 2 * columns, let corners = corners.baseAddress,
            let first = shows.baseAddress
        else { return }
        let rows = shows.count / columns
        let (width, height, half) = (source.width, source.height, source.width / 2)
        let pixels = UnsafePointer(source.luma.baseAddress.unsafelyUnwrapped)
        let painted = target.luma.baseAddress.unsafelyUnwrapped
        let luma = Sheet(corners, first, columns: columns, rows: rows, width: width, height: height, shrink: 1)
        luma.forEachSpan(sides) { row, span in
            let place = painted + (row &* width &+ span.first)
            if fades {
                span.fade(pixels, stride: width, to: place)
            } else {
                span.draw(pixels, stride: width, to: place)
            }
        }
        let u = UnsafePointer(source.u.baseAddress.unsafelyUnwrapped)
        let v = UnsafePointer(source.v.baseAddress.unsafelyUnwrapped)
        let (paintedU, paintedV) = (target.u.baseAddress.unsafelyUnwrapped, target.v.baseAddress.unsafelyUnwrapped)
        let chroma = Sheet(corners, first, columns: columns, rows: rows, width: half, height: height / 2, shrink: 2)
        chroma.forEachSpan(sides) { row, span in
            let start = row &* half &+ span.first
            if fades {
                span.fade(u, stride: half, to: paintedU + start)
                span.fade(v, stride: half, to: paintedV + start)
            } else {
                span.draw(u, stride: half, to: paintedU + start)
                span.draw(v, stride: half, to: paintedV + start)
            }
        }
    }
}

/// Where a column of corners crosses a row of pixels, and what the source shows there. In 1/65536.
private struct Side {
    /// x, u, v and opacity; and what they grow by from row to row.
    var place = SIMD4<Int>.zero
    var step = SIMD4<Int>.zero
    /// The corner above, by its row; −1 above the first.
    var above = -1
    /// Where the next corner below is.
    var end = Int.min
}

/// The patches in one plane of the pictures.
private struct Sheet {
    private let corners: UnsafePointer<MeshWarp.Corner>
    private let shows: UnsafePointer<Bool>
    private let columns: Int
    private let rows: Int
    private let width: Int
    private let height: Int
    private let scale: Float
    private let limit: SIMD2<Float>

    init(
        _ corners: UnsafePointer<MeshWarp.Corner>, _ shows: UnsafePointer<Bool>, columns: Int, rows: Int, width: Int,
        height: Int, shrink: Float
    ) {
        self.corners = corners
        self.shows = shows
        self.columns = columns
        self.rows = rows
        self.width = width
        self.height = height
        scale = 1 / shrink
        // Sampling looks at the next pixel, too.
        limit = SIMD2(Float(width), Float(height)) - 1.6
    }

    /// Calls `body` for neighbouring pixels of a row that lie in one patch.
    @inline(__always)
    func forEachSpan(_ sides: UnsafeMutablePointer<Side>, _ body: (_ row: Int, _ span: MeshSpan) -> Void) {
        var (top, bottom) = (Int.max, Int.min)
        for column in 0..<columns {
            sides[column] = Side()
            top = min(top, y(0, column))
            bottom = max(bottom, y(rows - 1, column))
        }
        let (first, end) = Self.pixels(from: top, to: bottom, below: height)
        var row = first
        while row < end {
            let y = row &<< 16 &+ 0x8000
            for column in 0..<columns { move(&sides[column], column, to: y) }
            for column in 0..<(columns - 1) {
                let (left, right) = (sides[column], sides[column + 1])
                // On the way from one column to the next, rows of corners may be crossed, the first and the last among them.
                var (patch, place) = (left.above, left.place)
                while patch != right.above {
                    let isDown = right.above > patch
                    let next = crossing(isDown ? patch &+ 1 : patch, column, y)
                    if isShown(patch, column) { draw(place, next, row, body) }
                    place = next
                    patch &+= isDown ? 1 : -1
                }
                if isShown(patch, column) { draw(place, right.place, row, body) }
            }
            row &+= 1
        }
    }

    @inline(__always)
    private func isShown(_ row: Int, _ column: Int) -> Bool {
        row >= 0 && row < rows &- 1 && shows[row &* columns &+ column]
    }

    @inline(__always)
    private func draw(
        _ left: SIMD4<Int>, _ right: SIMD4<Int>, _ row: Int, _ body: (_ row: Int, _ span: MeshSpan) -> Void
    ) {
        let (first, end) = Self.pixels(from: left.x, to: right.x, below: width)
        guard first < end else { return }
        let width = Float(right.x &- left.x)
        // Both ends are in the source, and so is what lies between them. Divided last, an even way has an even slope.
        func slope(_ way: Int) -> Int { Int(Float(way) * 65_536 / width) }
        let (du, dv, dOpacity) = (
            slope(right.y &- left.y), slope(right.z &- left.z), slope(right.w &- left.w)
        )
        let way = first &<< 16 &+ 0x8000 &- left.x
        body(
            row,
            MeshSpan(
                first: first, count: end &- first, u: max(left.y &+ (way &* du) &>> 16, 0),
                v: max(left.z &+ (way &* dv) &>> 16, 0), opacity: left.w &+ (way &* dOpacity) &>> 16, du: du, dv: dv,
                dOpacity: dOpacity))
    }

    /// Goes on to a row: those of a column's corners that lie above it are passed.
    @inline(__always)
    private func move(_ side: inout Side, _ column: Int, to y: Int) {
        if y < side.end {
            side.place &+= side.step
            return
        }
        guard side.above < rows - 1 else { return }
        while side.above < rows - 1, self.y(side.above + 1, column) <= y { side.above += 1 }
        guard (0..<(rows - 1)).contains(side.above) else {
            // Above the first corner nothing is known but where it is; below the last nothing follows.
            side.step = .zero
            side.end = side.above < 0 ? self.y(0, column) : .max
            return
        }
        let (a, b) = (place(side.above, column), place(side.above + 1, column))
        side.end = self.y(side.above + 1, column)
        let start = self.y(side.above, column)
        (side.place, side.step) = Self.between(
            a, b, share: Float(y &- start) / Float(side.end &- start), over: side.end &- start)
    }

    /// Where a row of corners crosses a row of pixels between two columns.
    private func crossing(_ row: Int, _ column: Int, _ y: Int) -> SIMD4<Int> {
        let (a, b) = (place(row, column), place(row, column + 1))
        let (start, end) = (self.y(row, column), self.y(row, column + 1))
        guard start != end else { return Self.whole(a) }
        return Self.whole(a + (b - a) * min(max(Float(y &- start) / Float(end &- start), 0), 1))
    }

    private static func between(
        _ a: SIMD4<Float>, _ b: SIMD4<Float>, share: Float, over height: Int
    ) -> (place: SIMD4<Int>, step: SIMD4<Int>) {
        let way = b - a
        // As many rows as follow: the last place must not lie beyond the corner.
        return (whole(a + way * min(max(share, 0), 1)), whole(way * 65_536 / Float(height)))
    }

    private static func whole(_ values: SIMD4<Float>) -> SIMD4<Int> {
        SIMD4(Int(values.x), Int(values.y), Int(values.z), Int(values.w))
    }

    /// x in the target, u, v and opacity, in 1/65536. A corner that is no number, or far away, is where it was.
    private func place(_ row: Int, _ column: Int) -> SIMD4<Float> {
        let corner = corners[row &* columns &+ column]
        let source = (corner.source * scale - 0.5).clamped(lowerBound: SIMD2(repeating: 0.15), upperBound: limit)
        let x = corner.target.x * scale
        // In this order, what is no number is nothing.
        let opacity = min(max(0, corner.opacity), 1)
        return SIMD4(abs(x) < 16_384 ? x : source.x, source.x, source.y, opacity) * 65_536
    }

    private func y(_ row: Int, _ column: Int) -> Int {
        let y = corners[row &* columns &+ column].target.y * scale * 65_536
        return abs(y) < 0x1p30 ? Int(y) : Int.max / 4
    }

    /// The pixels whose centres lie between two places: one on the first does not count, one on the last does.
    @inline(__always)
    private static func pixels(from low: Int, to high: Int, below limit: Int) -> (first: Int, end: Int) {
        (min(max(low &+ 0x7FFF, 0) &>> 16, limit), min(max(high &+ 0x7FFF, 0) &>> 16, limit))
    }
}
