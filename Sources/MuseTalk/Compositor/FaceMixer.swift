/// Turns rows of RGB into YUV, and mixes them with rows of a frame.
///
/// Both happen with 7 bits behind the point in 16-bit lanes, eight of which fit into the smallest vector registers; the
/// loops are plain, and written so that the compiler turns them into vectors. What comes out is rounded once, when it
/// is a byte again.
final class FaceMixer {
    /// What shows of the colours of each four pixels: all red, then all green, then all blue, 7 bits behind the point.
    private let colours: UnsafeMutablePointer<Int16>
    /// How much of them shows, 0…32767.
    private let weights: UnsafeMutablePointer<Int16>

    /// - Parameter capacity: pixels in a row at most.
    init(capacity: Int) {
        colours = .allocate(capacity: capacity / 2 * 3)
        colours.initialize(repeating: 0, count: capacity / 2 * 3)
        weights = .allocate(capacity: capacity / 2)
        weights.initialize(repeating: 0, count: capacity / 2)
    }

    deinit {
        colours.deallocate()
        weights.deallocate()
    }

    /// Mixes a row of colours into a row of luma.
    /// - Parameters:
    ///   - row: `count` values of red, as many of green, as many of blue.
    ///   - alpha: what of them shows, 0…255.
    func mixLuma(
        of row: UnsafePointer<UInt16>, through alpha: UnsafePointer<UInt8>, into luma: UnsafeMutablePointer<UInt8>,
        count: Int
    ) {
        let (red, green, blue) = (row, row + count, row + 2 * count)
        let weights = LimitedBT709.luma
        for index in 0..<count {
            var value = Self.high(red[index] << 8, weights.red)
            value &+= Self.high(green[index] << 8, weights.green)
            value &+= Self.high(blue[index] << 8, weights.blue)
            // Each product has lost half a unit on average.
            let luma7 = Int16(truncatingIfNeeded: (value &+ (16 << 8 + 2)) >> 1)
            let weight = Int16(alpha[index])
            let below = Int16(luma[index])
            // One bit less than before: the weight has 15.
            let change = Self.high(luma7 &- below << 7, weight << 7 | weight >> 1)
            luma[index] = UInt8(truncatingIfNeeded: (below << 6 &+ change &+ 32) >> 6)
        }
    }

    /// Takes the mean of each two by two pixels for ``mixChroma(into:_:count:)``.
    ///
    /// Colours are weighted with the mask before they are added, as if chroma had been mixed pixel by pixel.
    /// - Parameters:
    ///   - upper: see ``mixLuma(of:through:into:count:)``; used up.
    ///   - lower: the row below; used up.
    ///   - alpha: the masks of both rows, one after the other.
    ///   - count: pixels in a row, even.
    func halve(
        _ upper: UnsafeMutablePointer<UInt16>, _ lower: UnsafeMutablePointer<UInt16>, alpha: UnsafePointer<UInt8>,
        count: Int
    ) {
        for channel in 0..<3 {
            Self.weight(upper + channel * count, by: alpha, count: count)
            Self.weight(lower + channel * count, by: alpha + count, count: count)
        }
        let rows = (upper: UnsafeRawPointer(upper), lower: UnsafeRawPointer(lower))
        for index in 0..<(count / 2 * 3) {
            // Two neighbours are loaded as one word.
            let upper = rows.upper.loadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self)
            let lower = rows.lower.loadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self)
            let sum = (upper & 0xFFFF) &+ upper >> 16 &+ (lower & 0xFFFF) &+ lower >> 16
            // From a unit of 1/1020 to one of 1/128.
            colours[index] = Int16(truncatingIfNeeded: (sum &+ sum >> 8) >> 3)
        }
        let masks = (upper: UnsafeRawPointer(alpha), lower: UnsafeRawPointer(alpha + count))
        for index in 0..<(count / 2) {
            let upper = masks.upper.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self)
            let lower = masks.lower.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self)
            let sum = (upper & 0xFF) &+ upper >> 8 &+ (lower & 0xFF) &+ lower >> 8
            weights[index] = Int16(truncatingIfNeeded: sum << 5 | sum >> 3)
        }
    }

    /// Mixes the halved rows into a row of both chroma planes.
    /// - Parameter count: chroma samples.
    func mixChroma(into u: UnsafeMutablePointer<UInt8>, _ v: UnsafeMutablePointer<UInt8>, count: Int) {
        mix(LimitedBT709.u, into: u, count: count)
        mix(LimitedBT709.v, into: v, count: count)
    }

    @inline(__always)
    private func mix(
        _ chroma: (red: Int16, green: Int16, blue: Int16), into plane: UnsafeMutablePointer<UInt8>, count: Int
    ) {
        let (red, green, blue) = (colours, colours + count, colours + 2 * count)
        for index in 0..<count {
            let below = Int16(plane[index])
            var value = below << 7
            value &+= Self.high(red[index], chroma.red)
            value &+= Self.high(green[index], chroma.green)
            value &+= Self.high(blue[index], chroma.blue)
            // Grey is 128: what the face covers of the frame is taken away as a difference from it.
            value &-= Self.high((below &- 128) << 8, weights[index])
            plane[index] = UInt8(truncatingIfNeeded: (value &+ 64) >> 7)
        }
    }

    /// Multiplies each value, 0…255, with its mask.
    private static func weight(_ row: UnsafeMutablePointer<UInt16>, by alpha: UnsafePointer<UInt8>, count: Int) {
        for index in 0..<count { row[index] &*= UInt16(alpha[index]) }
    }

    /// The upper half of a product: one instruction for eight lanes.
    @inline(__always)
    private static func high(_ a: Int16, _ b: Int16) -> Int16 {
        Int16(truncatingIfNeeded: (Int32(a) &* Int32(b)) >> 16)
    }

    @inline(__always)
    private static func high(_ a: UInt16, _ b: UInt16) -> UInt16 {
        UInt16(truncatingIfNeeded: (UInt32(a) &* UInt32(b)) >> 16)
    }
}
