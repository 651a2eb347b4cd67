/// ITU-R BT.709 for 8 bits, limited range (16…235 and 16…240): what every picture of ours is in.
enum LimitedBT709 {
    private static var red: Double { 0.2126 }
    private static var blue: Double { 0.0722 }
    private static var green: Double { 1 - red - blue }

    // MARK: To RGB

    private static var gain: Int32 { fixed(255.0 / 219) }
    private static var redFromV: Int32 { fixed(2 * (1 - red) * 255 / 224) }
    private static var greenFromU: Int32 { fixed(-2 * (1 - blue) * blue / green * 255 / 224) }
    private static var greenFromV: Int32 { fixed(-2 * (1 - red) * red / green * 255 / 224) }
    private static var blueFromU: Int32 { fixed(2 * (1 - blue) * 255 / 224) }

    /// One pixel as red, green and blue.
    static func rgb(y: UInt8, u: UInt8, v: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
        let luma = (Int32(y) - 16) * gain + 1 << 15
        let (u, v) = (Int32(u) - 128, Int32(v) - 128)
        return (
            UInt8(clamping: (luma + v * redFromV) >> 16),
            UInt8(clamping: (luma + u * greenFromU + v * greenFromV) >> 16),
            UInt8(clamping: (luma + u * blueFromU) >> 16)
        )
    }

    // MARK: From RGB

    // Computed, so that the compiler folds them into the loops: 16-bit lanes it only multiplies with what it knows.

    /// What the three channels, 0…255, give to luma above 16, in 1/65536.
    @inline(__always)
    static var luma: (red: UInt16, green: UInt16, blue: UInt16) {
        let scale = 219.0 / 255
        return (UInt16(fixed(red * scale)), UInt16(fixed(green * scale)), UInt16(fixed(blue * scale)))
    }

    /// What the three channels, 0…255, give to U about 128, in 1/65536.
    @inline(__always)
    static var u: (red: Int16, green: Int16, blue: Int16) {
        let scale = 112.0 / 255 / (1 - blue)
        return (Int16(fixed(-red * scale)), Int16(fixed(-green * scale)), Int16(fixed((1 - blue) * scale)))
    }

    /// What the three channels, 0…255, give to V about 128, in 1/65536.
    @inline(__always)
    static var v: (red: Int16, green: Int16, blue: Int16) {
        let scale = 112.0 / 255 / (1 - red)
        return (Int16(fixed((1 - red) * scale)), Int16(fixed(-green * scale)), Int16(fixed(-blue * scale)))
    }

    @inline(__always)
    private static func fixed(_ value: Double) -> Int32 { Int32((value * 65_536).rounded()) }
}
