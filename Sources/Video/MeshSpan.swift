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

    /// How far pixels that are drawn at once may be off, at the first and the last of them: a tenth of a pixel.
    private static let bend = 2 * 65_536 / 10

    /// Draws all of it. Where the source runs along a row, eight pixels are drawn at a time, or four: they lie between
    /// the same rows, and equally far between columns.
    @inline(__always)
    func draw(_ pixels: UnsafePointer<UInt8>, stride: Int, to target: UnsafeMutablePointer<UInt8>) {
        let slope = max((du &- 65_536).magnitude, dv.magnitude)
        if slope &* 4 < UInt(Self.bend) {
            let most = slope &* 8 < UInt(Self.bend) ? 8 : 4
            var index = 0
            while index < count {
                let few = min(most, count &- index)
                // Where the first would be if the middle ones were where they are, and the others beside them.
                let middle = index &* 2 &+ few &- 1
                let place = Bilinear(
                    u &+ (middle &* du) &>> 1 &- (few &- 1) &* 32_768, v &+ (middle &* dv) &>> 1, stride: stride)
                let eight = unsafeBitCast(place.sampleEight(pixels), to: UInt64.self)
                let word = UnsafeMutableRawPointer(target + index)
                if few == 8 {
                    word.storeBytes(of: eight, as: UInt64.self)
                } else {
                    let kept = ~UInt64(0) &<< UInt64(truncatingIfNeeded: few &* 8)
                    let beside = word.loadUnaligned(as: UInt64.self)
                    word.storeBytes(of: eight & ~kept | beside & kept, as: UInt64.self)
                }
                index &+= few
            }
            return
        }
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

    /// The same for this place and the seven to the right of it.
    @inline(__always)
    func sampleEight(_ pixels: UnsafePointer<UInt8>) -> SIMD8<UInt8> {
        @inline(__always)
        func eight(_ offset: Int) -> SIMD8<UInt16> {
            let bytes = UnsafeRawPointer(pixels + offset).loadUnaligned(as: SIMD8<UInt8>.self)
            return SIMD8<UInt16>(truncatingIfNeeded: bytes)
        }
        let (toRight, down) = (UInt16(truncatingIfNeeded: right), UInt16(truncatingIfNeeded: lower))
        let above = eight(offset) &* (256 &- toRight) &+ eight(offset &+ 1) &* toRight
        let below = eight(offset &+ stride) &* (256 &- toRight) &+ eight(offset &+ stride &+ 1) &* toRight
        let sum = ((above &+ 128) &>> 8) &* (256 &- down) &+ ((below &+ 128) &>> 8) &* down
        return SIMD8<UInt8>(truncatingIfNeeded: (sum &+ 128) &>> 8)
    }
}
