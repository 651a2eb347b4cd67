/// A picture with soft edges that is laid onto others: YUV 4:2:0, BT.709, limited, premultiplied with its alpha.
///
/// Premultiplied pixels can be blended and sampled between without fringes where they are transparent.
public struct Sprite: Sendable {
    /// Width in pixels, even.
    public let width: Int
    /// Height in pixels, even.
    public let height: Int
    /// Luma and alpha of each pixel in turn, 0…255.
    let lumaAlpha: [UInt8]
    /// U, V, alpha, 0 of each two by two pixels in turn. The fourth byte makes a pixel one 64-bit word of 16-bit
    /// lanes in ``SpriteBrush``.
    let chromaAlpha: [UInt8]

    /// Cuts a rectangle out of an image with straight alpha.
    /// - Precondition: the rectangle lies in `image`, and its width and height are even and positive.
    public init(_ image: RGBAImage, x: Int, y: Int, width: Int, height: Int) {
        precondition(width > 0 && height > 0 && width.isMultiple(of: 2) && height.isMultiple(of: 2))
        precondition(x >= 0 && y >= 0 && x + width <= image.width && y + height <= image.height)
        self.width = width
        self.height = height
        let lumaAlpha = [UInt8](unsafeUninitializedCapacity: width * height * 2) { bytes, count in
            image.pixels.withUnsafeBufferPointer { pixels in
                for row in 0..<height {
                    let source = pixels.baseAddress.unsafelyUnwrapped + ((y + row) * image.width + x) * 4
                    for column in 0..<width {
                        let pixel = PremultipliedPixel(source + column * 4)
                        bytes[(row * width + column) * 2] = pixel.luma
                        bytes[(row * width + column) * 2 + 1] = pixel.alpha
                    }
                }
            }
            count = width * height * 2
        }
        let chromaAlpha = [UInt8](unsafeUninitializedCapacity: width * height) { bytes, count in
            image.pixels.withUnsafeBufferPointer { pixels in
                for row in 0..<(height / 2) {
                    let source = pixels.baseAddress.unsafelyUnwrapped + ((y + row * 2) * image.width + x) * 4
                    for column in 0..<(width / 2) {
                        let pixel = PremultipliedPixel(source + column * 8, stride: image.width * 4)
                        let index = (row * (width / 2) + column) * 4
                        bytes[index] = pixel.u
                        bytes[index + 1] = pixel.v
                        bytes[index + 2] = pixel.alpha
                        bytes[index + 3] = 0
                    }
                }
            }
            count = width * height
        }
        self.lumaAlpha = lumaAlpha
        self.chromaAlpha = chromaAlpha
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
