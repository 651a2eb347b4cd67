import Foundation

/// Blends sprites with each other, and lays the result onto a picture.
///
/// All buffers are allocated once. The blend has 16-bit lanes, so that one multiplication takes luma and alpha, or U, V
/// and alpha, of a pixel at once: 8-bit weights that sum to 256 keep every lane below 65536. It belongs to one task at
/// a time: it is not `Sendable`.
public final class SpriteBrush {
    /// Width of the sprites in pixels, even.
    public let width: Int
    /// Height of the sprites in pixels, even.
    public let height: Int

    private let luma: BlendPlane
    private let chroma: BlendPlane

    /// A brush for sprites of one size.
    /// - Precondition: `width` and `height` are even and positive.
    public init(width: Int, height: Int) {
        precondition(width > 0 && height > 0 && width.isMultiple(of: 2) && height.isMultiple(of: 2))
        self.width = width
        self.height = height
        luma = BlendPlane(width: width, height: height, lanes: 2)
        chroma = BlendPlane(width: width / 2, height: height / 2, lanes: 4)
    }

    /// Empties the brush: it paints nothing.
    public func clear() {
        luma.clear()
        chroma.clear()
    }

    /// Adds `weight` / 256 of a sprite. Where the weights sum to less than 256, what is painted on shines through.
    /// - Parameters:
    ///   - sprite: as large as the brush says.
    ///   - weight: 0…256; those since ``clear()`` sum to at most 256.
    public func add(_ sprite: Sprite, weight: Int) {
        precondition(sprite.width == width && sprite.height == height && (0...256).contains(weight))
        luma.add(sprite.lumaAlpha, weight: UInt16(weight))
        chroma.add(sprite.chromaAlpha, weight: UInt16(weight))
    }

    /// Lays the blend onto `picture`; what falls outside it is cut off.
    ///
    /// Samples bilinearly. Touches only the pixels that the blend covers. A placement that is not
    /// ``Placement/isDrawable`` paints nothing.
    public func paint(onto picture: PixelBuffer, at placement: Placement) {
        guard placement.isDrawable else { return }
        let (sine, cosine) = (sin(placement.rotation), cos(placement.rotation))
        luma.forEachSpan(placement, sine, cosine, shrink: 1, width: picture.width, height: picture.height) {
            row, span in
            let target = picture.luma.baseAddress.unsafelyUnwrapped + row * picture.width
            paintLuma(span, onto: target)
        }
        let (chromaWidth, chromaHeight) = (picture.width / 2, picture.height / 2)
        chroma.forEachSpan(placement, sine, cosine, shrink: 2, width: chromaWidth, height: chromaHeight) { row, span in
            let u = picture.u.baseAddress.unsafelyUnwrapped + row * chromaWidth
            let v = picture.v.baseAddress.unsafelyUnwrapped + row * chromaWidth
            paintChroma(span, onto: u, v)
        }
    }

    @inline(__always)
    private func paintLuma(_ span: BlendPlane.Span, onto target: UnsafeMutablePointer<UInt8>) {
        let pixels = luma.words(of: UInt32.self)
        let stride = luma.stride
        var (u, v) = (span.u, span.v)
        for column in span.columns {
            let corner = pixels + ((v >> 16) &* stride &+ (u >> 16))
            let weights = BilinearWeights(u, v)
            // Lanes: luma, alpha.
            var sum = corner[0] &* UInt32(weights.upperLeft) &+ corner[1] &* UInt32(weights.upperRight)
            sum &+= corner[stride] &* UInt32(weights.lowerLeft) &+ corner[stride &+ 1] &* UInt32(weights.lowerRight)
            sum = ((sum &+ 0x0080_0080) >> 8) & 0x00FF_00FF
            if sum != 0 { lay(sum & 0xFF, alpha: sum >> 16, over: &target[column]) }
            u &+= span.du
            v &+= span.dv
        }
    }

    @inline(__always)
    private func paintChroma(
        _ span: BlendPlane.Span, onto targetU: UnsafeMutablePointer<UInt8>, _ targetV: UnsafeMutablePointer<UInt8>
    ) {
        let pixels = chroma.words(of: UInt64.self)
        let stride = chroma.stride
        var (u, v) = (span.u, span.v)
        for column in span.columns {
            let corner = pixels + ((v >> 16) &* stride &+ (u >> 16))
            let weights = BilinearWeights(u, v)
            // Lanes: U, V, alpha, nothing.
            var sum = corner[0] &* UInt64(weights.upperLeft) &+ corner[1] &* UInt64(weights.upperRight)
            sum &+= corner[stride] &* UInt64(weights.lowerLeft) &+ corner[stride &+ 1] &* UInt64(weights.lowerRight)
            sum = ((sum &+ 0x0080_0080_0080) >> 8) & 0x00FF_00FF_00FF
            if sum != 0 {
                let alpha = UInt32(truncatingIfNeeded: sum >> 32)
                lay(UInt32(truncatingIfNeeded: sum) & 0xFF, alpha: alpha, over: &targetU[column])
                lay(UInt32(truncatingIfNeeded: sum >> 16) & 0xFF, alpha: alpha, over: &targetV[column])
            }
            u &+= span.du
            v &+= span.dv
        }
    }

    /// value + below · (255 − alpha) / 255, rounded.
    @inline(__always)
    private func lay(_ value: UInt32, alpha: UInt32, over below: inout UInt8) {
        let shine = UInt32(below) &* (255 &- alpha) &+ 128
        let result = value &+ ((shine &+ (shine >> 8)) >> 8)
        // Rounding twice may go one beyond white.
        below = UInt8(truncatingIfNeeded: min(result, 255))
    }
}

/// How much of each of the four pixels around a point: 256 in all.
private struct BilinearWeights {
    var upperLeft: Int
    var upperRight: Int
    var lowerLeft: Int
    var lowerRight: Int

    /// From coordinates in 1/65536 of a pixel.
    @inline(__always)
    init(_ u: Int, _ v: Int) {
        let right = (u >> 8) & 0xFF
        let lower = (v >> 8) & 0xFF
        lowerRight = (right &* lower) >> 8
        upperRight = right &- lowerRight
        lowerLeft = lower &- lowerRight
        upperLeft = 256 &- right &- lower &+ lowerRight
    }
}
