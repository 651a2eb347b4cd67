/// ITU-R BT.709 for 8 bits, limited range (16…235 and 16…240): what every picture of ours is in.
enum LimitedBT709 {
    private static let red = 0.2126
    private static let blue = 0.0722
    private static let green = 1 - red - blue

    // MARK: To RGB

    private static let gain = fixed(255.0 / 219)
    private static let redFromV = fixed(2 * (1 - red) * 255 / 224)
    private static let greenFromU = fixed(-2 * (1 - blue) * blue / green * 255 / 224)
    private static let greenFromV = fixed(-2 * (1 - red) * red / green * 255 / 224)
    private static let blueFromU = fixed(2 * (1 - blue) * 255 / 224)

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

    /// What the three channels, 0…255, give to luma above 16, in 1/65536.
    static let luma = (
        red: UInt16(fixed(red * 219 / 255)), green: UInt16(fixed(green * 219 / 255)),
        blue: UInt16(fixed(blue * 219 / 255))
    )
    /// What the three channels give to U about 128, as a part of its greatest distance, 112.
    static let u = (red: -red / (1 - blue), green: -green / (1 - blue), blue: 1.0)
    /// What the three channels give to V about 128, as a part of its greatest distance, 112.
    static let v = (red: 1.0, green: -green / (1 - red), blue: -blue / (1 - red))

    private static func fixed(_ value: Double) -> Int32 { Int32((value * 65_536).rounded()) }
}
