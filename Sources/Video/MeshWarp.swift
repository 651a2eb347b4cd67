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
            let patches = ShownPatches(shows, columns: columns)
        else { return }
        let (width, height, half) = (source.width, source.height, source.width / 2)
        let pixels = UnsafePointer(source.luma.baseAddress.unsafelyUnwrapped)
        let painted = target.luma.baseAddress.unsafelyUnwrapped
        let luma = Sheet(corners, patches, width: width, height: height, shrink: 1)
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
        let chroma = Sheet(corners, patches, width: half, height: height / 2, shrink: 2)
        chroma.forEachSpan(sides) { row, span in
            let start = row &* half &+ span.first
            if fades {
                span.fade(u, stride: half, to: paintedU + start)
                span.fade(v, stride: half, to: paintedV + start)
            } else {
                span.draw(u, stride: half, to: paintedU + start, planes: 2, distance: height / 2 &* half)
            }
        }
    }
}

/// Somewhere on a row of pixels, what the source shows there, and how much of it is seen. In 1/65536.
private struct Place {
    // Numbers of their own: taking them out of a vector takes longer than adding vectors saves.
    var x = 0
    var u = 0
    var v = 0
    var opacity = 0

    init() {}

    init(_ values: SIMD4<Float>) {
        (x, u, v, opacity) = (Int(values.x), Int(values.y), Int(values.z), Int(values.w))
    }

    @inline(__always)
    static func &+= (place: inout Place, step: Place) {
        place.x &+= step.x
        place.u &+= step.u
        place.v &+= step.v
        place.opacity &+= step.opacity
    }
}

/// Which patches are drawn, and where those are: most of a mesh often rests.
private struct ShownPatches {
    private let shows: UnsafePointer<Bool>
    /// Corners in a row.
    let stride: Int
    /// Rows of corners.
    let height: Int
    /// Patches outside of these are not drawn.
    let rows: Range<Int>
    let columns: Range<Int>

    /// Nil if none is drawn.
    init?(_ shows: UnsafeBufferPointer<Bool>, columns: Int) {
        guard let first = shows.baseAddress else { return nil }
        self.shows = first
        stride = columns
        height = shows.count / columns
        var (left, right, top, bottom) = (Int.max, -1, Int.max, -1)
        for row in 0..<(height - 1) {
            for column in 0..<(columns - 1) where first[row &* columns &+ column] {
                (left, right) = (min(left, column), max(right, column))
                (top, bottom) = (min(top, row), row)
            }
        }
        guard bottom >= 0 else { return nil }
        (rows, self.columns) = (top..<(bottom + 1), left..<(right + 1))
    }

    @inline(__always)
    subscript(row: Int, column: Int) -> Bool { rows.contains(row) && shows[row &* stride &+ column] }
}

/// Where a column of corners crosses a row of pixels.
private struct Side {
    var place = Place()
    /// What it grows by from row to row.
    var step = Place()
    /// The corner above, by its row; −1 above the first.
    var above = -1
    /// Where the next corner below is.
    var end = Int.min
}

/// The patches in one plane of the pictures.
private struct Sheet {
    private let corners: UnsafePointer<MeshWarp.Corner>
    private let patches: ShownPatches
    private let width: Int
    private let height: Int
    private let scale: Float
    private let limit: SIMD2<Float>

    init(
        _ corners: UnsafePointer<MeshWarp.Corner>, _ patches: ShownPatches, width: Int, height: Int, shrink: Float
    ) {
        self.corners = corners
        self.patches = patches
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
        let columns = patches.columns
        for column in columns.lowerBound...columns.upperBound {
            sides[column] = Side()
            top = min(top, y(patches.rows.lowerBound, column))
            bottom = max(bottom, y(patches.rows.upperBound, column))
        }
        let (first, end) = Self.pixels(from: top, to: bottom, below: height)
        var row = first
        while row < end {
            let y = row &<< 16 &+ 0x8000
            for column in columns.lowerBound...columns.upperBound {
                if y < sides[column].end {
                    sides[column].place &+= sides[column].step
                } else {
                    passCorners(&sides[column], column, at: y)
                }
            }
            for column in columns {
                let (left, right) = (sides + column, sides + (column &+ 1))
                if left.pointee.above == right.pointee.above {
                    if patches[left.pointee.above, column] {
                        draw(left.pointee.place, right.pointee.place, row, body)
                    }
                    continue
                }
                // On the way from one column to the next, rows of corners are crossed, the first and the last among them.
                var (patch, place) = (left.pointee.above, left.pointee.place)
                while patch != right.pointee.above {
                    let isDown = right.pointee.above > patch
                    let next = crossing(isDown ? patch &+ 1 : patch, column, y)
                    if patches[patch, column] { draw(place, next, row, body) }
                    place = next
                    patch &+= isDown ? 1 : -1
                }
                if patches[patch, column] { draw(place, right.pointee.place, row, body) }
            }
            row &+= 1
        }
    }

    @inline(__always)
    private func draw(
        _ left: Place, _ right: Place, _ row: Int, _ body: (_ row: Int, _ span: MeshSpan) -> Void
    ) {
        let (first, end) = Self.pixels(from: left.x, to: right.x, below: width)
        guard first < end else { return }
        // Both ends are in the source, and so is what lies between them.
        let share = 65_536 / Float(right.x &- left.x)
        @inline(__always)
        func slope(_ way: Int) -> Int {
            let slope = Float(way) * share
            // Rounded, so that an even way has an even slope.
            return Int(slope + (slope < 0 ? -0.5 : 0.5))
        }
        let (du, dv) = (slope(right.u &- left.u), slope(right.v &- left.v))
        let dOpacity = slope(right.opacity &- left.opacity)
        let way = first &<< 16 &+ 0x8000 &- left.x
        body(
            row,
            MeshSpan(
                first: first, count: end &- first, u: max(left.u &+ (way &* du) &>> 16, 0),
                v: max(left.v &+ (way &* dv) &>> 16, 0), opacity: left.opacity &+ (way &* dOpacity) &>> 16, du: du,
                dv: dv, dOpacity: dOpacity))
    }

    /// Goes on to a row, past those of a column's corners that lie above it.
    private func passCorners(_ side: inout Side, _ column: Int, at y: Int) {
        guard side.above < patches.height - 1 else { return }
        while side.above < patches.height - 1, self.y(side.above + 1, column) <= y { side.above += 1 }
        guard (0..<(patches.height - 1)).contains(side.above) else {
            // Above the first corner nothing is known but where it is; below the last nothing follows.
            side.step = Place()
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
    private func crossing(_ row: Int, _ column: Int, _ y: Int) -> Place {
        let (a, b) = (place(row, column), place(row, column + 1))
        let (start, end) = (self.y(row, column), self.y(row, column + 1))
        guard start != end else { return Place(a) }
        return Place(a + (b - a) * min(max(Float(y &- start) / Float(end &- start), 0), 1))
    }

    private static func between(
        _ a: SIMD4<Float>, _ b: SIMD4<Float>, share: Float, over height: Int
    ) -> (place: Place, step: Place) {
        let way = b - a
        // As many rows as follow: the last place must not lie beyond the corner.
        return (Place(a + way * min(max(share, 0), 1)), Place(way * 65_536 / Float(height)))
    }

    /// x in the target, u, v and opacity, in 1/65536. A corner that is no number, or far away, is where it was.
    private func place(_ row: Int, _ column: Int) -> SIMD4<Float> {
        let corner = corners[row &* patches.stride &+ column]
        let source = (corner.source * scale - 0.5).clamped(lowerBound: SIMD2(repeating: 0.15), upperBound: limit)
        let x = corner.target.x * scale
        // In this order, what is no number is nothing.
        let opacity = min(max(0, corner.opacity), 1)
        return SIMD4(abs(x) < 16_384 ? x : source.x, source.x, source.y, opacity) * 65_536
    }

    private func y(_ row: Int, _ column: Int) -> Int {
        let y = corners[row &* patches.stride &+ column].target.y * scale * 65_536
        return abs(y) < 0x1p30 ? Int(y) : Int.max / 4
    }

    /// The pixels whose centres lie between two places: one on the first does not count, one on the last does.
    @inline(__always)
    private static func pixels(from low: Int, to high: Int, below limit: Int) -> (first: Int, end: Int) {
        (min(max(low &+ 0x7FFF, 0) &>> 16, limit), min(max(high &+ 0x7FFF, 0) &>> 16, limit))
    }
}
