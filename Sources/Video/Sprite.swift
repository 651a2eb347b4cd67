/// A picture with soft edges that is laid onto others: YUV 4:2:0, BT.709, limited, premultiplied with its alpha.
///
/// Premultiplied pixels can be blended and sampled between without fringes where they are transparent.
public struct Sprite: Sendable {
    /// Width in pixels, even.
    public let width: Int
    /// Height in pixels, even.
    public let height: Int
    /// A pixel a word: luma in its low 16 bits, alpha above. Around them is a rim of nothing, see ``SpritePlane``.
    let luma: [UInt32]
    /// Two by two pixels a word of 16-bit lanes, U lowest, then V and alpha; with a rim as well.
    let chroma: [UInt64]

    /// Takes an image with straight alpha.
    /// - Precondition: its width and height are even and positive.
    public init(_ image: RGBAImage) {
        precondition(image.width > 0 && image.height > 0)
        precondition(image.width.isMultiple(of: 2) && image.height.isMultiple(of: 2))
        width = image.width
        height = image.height
        let (lumaPlane, chromaPlane) = (
            SpritePlane(width: width, height: height), SpritePlane(width: width / 2, height: height / 2)
        )
        var luma = [UInt32](repeating: 0, count: lumaPlane.count)
        var chroma = [UInt64](repeating: 0, count: chromaPlane.count)
        image.pixels.withUnsafeBufferPointer { pixels in
            let start = pixels.baseAddress.unsafelyUnwrapped
            for row in 0..<image.height {
                for column in 0..<image.width {
                    let pixel = PremultipliedPixel(start + (row * image.width + column) * 4)
                    luma[lumaPlane.index(row, column)] = UInt32(pixel.luma) | UInt32(pixel.alpha) << 16
                }
            }
            for row in 0..<(image.height / 2) {
                for column in 0..<(image.width / 2) {
                    let pixel = PremultipliedPixel(
                        start + (row * 2 * image.width + column * 2) * 4, stride: image.width * 4)
                    chroma[chromaPlane.index(row, column)] =
                        UInt64(pixel.u) | UInt64(pixel.v) << 16 | UInt64(pixel.alpha) << 32
                }
            }
        }
        self.luma = luma
        self.chroma = chroma
    }
}

/// One pixel in the making: from RGB with straight alpha to premultiplied YUV (ITU-R BT.709, limited range).
private struct PremultipliedPixel {
    /// All are premultiplied: times alpha / 255.
    private var red: Float = 0
    private var green: Float = 0
    private var blue: Float = 0
    private var opacity: Float = 0

    /// One pixel.
    init(_ rgba: UnsafePointer<UInt8>) { add(rgba, weight: 1) }

    /// The mean of two by two pixels, transparent ones counting for nothing.
    init(_ rgba: UnsafePointer<UInt8>, stride: Int) {
        add(rgba, weight: 0.25)
        add(rgba + 4, weight: 0.25)
        add(rgba + stride, weight: 0.25)
        add(rgba + stride + 4, weight: 0.25)
    }

    private mutating func add(_ rgba: UnsafePointer<UInt8>, weight: Float) {
        let share = Float(rgba[3]) * (weight / 255)
        red += Float(rgba[0]) * share
        green += Float(rgba[1]) * share
        blue += Float(rgba[2]) * share
        opacity += share
    }

    var luma: UInt8 {
        UInt8(16 * opacity + (0.2126 * red + 0.7152 * green + 0.0722 * blue) * (219 / 255) + 0.5)
    }
    var u: UInt8 { UInt8(128 * opacity + (-0.114572 * red - 0.385428 * green + 0.5 * blue) * (224 / 255) + 0.5) }
    var v: UInt8 { UInt8(128 * opacity + (0.5 * red - 0.454153 * green - 0.045847 * blue) * (224 / 255) + 0.5) }
    var alpha: UInt8 { UInt8(255 * opacity + 0.5) }
}
