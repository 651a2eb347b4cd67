import Foundation

extension Sprite {
    /// Lays it onto `picture`, as far as it falls into `area`; what falls outside is cut off.
    ///
    /// Samples bilinearly: one multiplication takes luma and alpha, or U, V and alpha, of a pixel at once. Touches only the
    /// pixels that it covers. A placement that is not ``Placement/isDrawable`` paints nothing.
    public func paint(onto picture: PixelBuffer, at placement: Placement, within area: PixelBox) {
        guard placement.isDrawable else { return }
        let (sine, cosine) = (sin(placement.rotation), cos(placement.rotation))
        luma.withUnsafeBufferPointer { words in
            let plane = SpritePlane(width: width, height: height)
            let pixels = words.baseAddress.unsafelyUnwrapped + plane.start
            plane.forEachSpan(placement, sine, cosine, shrink: 1, within: area.held(to: picture)) { row, span in
                let target = picture.luma.baseAddress.unsafelyUnwrapped + row * picture.width
                paintLuma(span, pixels, stride: plane.stride, onto: target)
            }
        }
        chroma.withUnsafeBufferPointer { words in
            let plane = SpritePlane(width: width / 2, height: height / 2)
            let pixels = words.baseAddress.unsafelyUnwrapped + plane.start
            let half = picture.width / 2
            plane.forEachSpan(placement, sine, cosine, shrink: 2, within: area.held(to: picture).halved) { row, span in
                let u = picture.u.baseAddress.unsafelyUnwrapped + row * half
                let v = picture.v.baseAddress.unsafelyUnwrapped + row * half
                paintChroma(span, pixels, stride: plane.stride, onto: u, v)
            }
        }
    }

    @inline(__always)
    private func paintLuma(
        _ span: SpritePlane.Span, _ pixels: UnsafePointer<UInt32>, stride: Int, onto target: UnsafeMutablePointer<UInt8>
    ) {
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
        _ span: SpritePlane.Span, _ pixels: UnsafePointer<UInt64>, stride: Int,
        onto targetU: UnsafeMutablePointer<UInt8>, _ targetV: UnsafeMutablePointer<UInt8>
    ) {
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

extension PixelBox {
    /// What of it lies in a picture.
    fileprivate func held(to picture: PixelBuffer) -> PixelBox {
        let left = min(max(left, 0), picture.width)
        let top = min(max(top, 0), picture.height)
        return PixelBox(
            left: left, top: top, right: max(left, min(right, picture.width)),
            bottom: max(top, min(bottom, picture.height)))
    }

    /// The chroma samples of all its pixels.
    fileprivate var halved: PixelBox {
        PixelBox(left: left / 2, top: top / 2, right: (right + 1) / 2, bottom: (bottom + 1) / 2)
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
