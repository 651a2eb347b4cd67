/// Neighbouring pixels of one row of a plane, and what the first of them shows. Numbers are in 1/65536.
struct MeshSpan {
    var first: Int
    var count: Int
    /// Where in the source, 0 at the centre of its first pixel.
    var u: Int
    var v: Int
    /// How much of it is seen.
    var opacity: Int
    /// What these grow by from pixel to pixel.
    var du: Int
    var dv: Int
    var dOpacity: Int

    /// Draws all of it, in each of some planes that lie equally far from each other in the source and in the target.
    ///
    /// Where the source runs along a row, it is drawn in runs of pixels that lie between the same columns, counted from the
    /// first, and between the same rows: eight at a time, each with shares of its own.
    @inline(__always)
    func draw(
        _ pixels: UnsafePointer<UInt8>, stride: Int, to target: UnsafeMutablePointer<UInt8>, planes: Int = 1,
        distance: Int = 0
    ) {
        // How much faster than the target the source runs.
        let ahead = du &- 65_536
        if ahead.magnitude &+ dv.magnitude > Self.steep {
            for plane in 0..<planes {
                drawSingly(pixels + plane &* distance, stride: stride, to: target + plane &* distance)
            }
            return
        }
        var (u, v, index) = (u, v, 0)
        while index < count {
            let most = count &- index
            let length = min(Self.steps(from: u, by: ahead, most), Self.steps(from: v, by: dv, most))
            let run = MeshRun(u, v, ahead, dv)
            let start = (v >> 16) &* stride &+ (u >> 16)
            for plane in 0..<planes {
                let offset = plane &* distance
                run.draw(pixels + (start &+ offset), stride: stride, count: length, to: target + (index &+ offset))
            }
            index &+= length
            u &+= length &* du
            v &+= length &* dv
        }
    }

    /// Source pixels a pixel, in 1/65536, from which on runs would be too short to be worth their while.
    private static let steep: UInt = 65_536 / 4

    /// Steps until a place is beyond the pixel in which it begins.
    @inline(__always)
    private static func steps(from place: Int, by step: Int, _ most: Int) -> Int {
        let share = place & 0xFFFF
        let last = share &+ (most &- 1) &* step
        if last >> 16 == 0 { return most }
        let room = UInt32(truncatingIfNeeded: step > 0 ? 0xFFFF &- share : share)
        return Int(room / UInt32(truncatingIfNeeded: step.magnitude)) &+ 1
    }

    private func drawSingly(_ pixels: UnsafePointer<UInt8>, stride: Int, to target: UnsafeMutablePointer<UInt8>) {
        var (u, v, pixel) = (u, v, target)
        for _ in 0..<count {
            pixel.pointee = Bilinear(u, v, stride: stride).sample(pixels)
            pixel += 1
            u &+= du
            v &+= dv
        }
    }

    /// Draws over what is there, as far as the opacity lets it be seen.
    func fade(_ pixels: UnsafePointer<UInt8>, stride: Int, to target: UnsafeMutablePointer<UInt8>) {
        var (u, v, opacity, pixel) = (u, v, opacity, target)
        for _ in 0..<count {
            let share = min(max(opacity >> 8, 0), 256)
            let value = Int(Bilinear(u, v, stride: stride).sample(pixels))
            let sum = value &* share &+ Int(pixel.pointee) &* (256 &- share) &+ 128
            pixel.pointee = UInt8(truncatingIfNeeded: sum >> 8)
            pixel += 1
            u &+= du
            v &+= dv
            opacity &+= dOpacity
        }
    }
}

/// A place between four pixels.
struct Bilinear {
    private let offset: Int
    private let stride: Int
    private let right: UInt32
    private let lower: UInt32

    /// - Parameter u: in 1/65536 of a pixel, 0 at the centre of the first.
    @inline(__always)
    init(_ u: Int, _ v: Int, stride: Int) {
        right = UInt32(truncatingIfNeeded: u >> 8) & 0xFF
        lower = UInt32(truncatingIfNeeded: v >> 8) & 0xFF
        offset = (v >> 16) &* stride &+ (u >> 16)
        self.stride = stride
    }

    /// Both columns are blended from row to row at once, in the halves of a word.
    @inline(__always)
    func sample(_ pixels: UnsafePointer<UInt8>) -> UInt8 {
        let corner = pixels + offset
        let above = UInt32(corner[0]) | UInt32(corner[1]) << 16
        let below = UInt32(corner[stride]) | UInt32(corner[stride &+ 1]) << 16
        let columns = above &* (256 &- lower) &+ below &* lower
        let sum = (columns & 0xFFFF) &* (256 &- right) &+ (columns >> 16) &* right
        return UInt8(truncatingIfNeeded: (sum &+ 0x8000) >> 16)
    }
}

/// Pixels that lie between the same columns of the source, counted from the first, and between the same rows.
private struct MeshRun {
    /// How far eight pixels are from the column to their left, and from the row above, in 1/65536.
    private var right: SIMD8<UInt16>
    private var lower: SIMD8<UInt16>
    /// What these grow by from eight pixels to the next.
    private let moreRight: UInt16
    private let moreLower: UInt16

    @inline(__always)
    init(_ u: Int, _ v: Int, _ ahead: Int, _ dv: Int) {
        let lanes = SIMD8<UInt16>(0, 1, 2, 3, 4, 5, 6, 7)
        let (first, step) = (UInt16(truncatingIfNeeded: u), UInt16(truncatingIfNeeded: ahead))
        let (top, down) = (UInt16(truncatingIfNeeded: v), UInt16(truncatingIfNeeded: dv))
        right = SIMD8(repeating: first) &+ lanes &* step
        lower = SIMD8(repeating: top) &+ lanes &* down
        moreRight = step &<< 3
        moreLower = down &<< 3
    }

    @inline(__always)
    func draw(_ pixels: UnsafePointer<UInt8>, stride: Int, count: Int, to target: UnsafeMutablePointer<UInt8>) {
        var (right, lower, index) = (right, lower, 0)
        while index < count {
            let above = Self.between(pixels + index, right &>> 8)
            let below = Self.between(pixels + (index &+ stride), right &>> 8)
            let sum = above &<< 8 &+ (below &- above) &* (lower &>> 8)
            let eight = unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: (sum &+ 128) &>> 8), to: UInt64.self)
            let word = UnsafeMutableRawPointer(target + index)
            let few = count &- index
            if few >= 8 {
                word.storeBytes(of: eight, as: UInt64.self)
            } else {
                let kept = ~UInt64(0) &<< UInt64(truncatingIfNeeded: few &* 8)
                let beside = word.loadUnaligned(as: UInt64.self)
                word.storeBytes(of: eight & ~kept | beside & kept, as: UInt64.self)
            }
            index &+= 8
            right &+= moreRight
            lower &+= moreLower
        }
    }

    /// Eight pixels, each mixed with the next. What is between is a difference that may be negative: modulo 65536 it is not.
    @inline(__always)
    private static func between(_ pixels: UnsafePointer<UInt8>, _ share: SIMD8<UInt16>) -> SIMD8<UInt16> {
        @inline(__always)
        func eight(_ offset: Int) -> SIMD8<UInt16> {
            let bytes = UnsafeRawPointer(pixels + offset).loadUnaligned(as: SIMD8<UInt8>.self)
            return SIMD8<UInt16>(truncatingIfNeeded: bytes)
        }
        let (left, right) = (eight(0), eight(1))
        return (left &<< 8 &+ (right &- left) &* share &+ 128) &>> 8
    }
}
