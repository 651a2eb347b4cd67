import Foundation

extension RGBImage {
    /// The image at another size, bit for bit as `cv2.resize` makes it with `INTER_LANCZOS4`.
    ///
    /// Eight pixels each way, weights of 11 bits, the border repeated. There is no low-pass for smaller results: the
    /// official code has none either.
    /// - Precondition: the new size is positive.
    public func resizedByLanczos(width newWidth: Int, height newHeight: Int) -> RGBImage {
        precondition(newWidth > 0 && newHeight > 0)
        // As OpenCV: a picture that has the size already is copied.
        if newWidth == width && newHeight == height { return self }
        let columns = (0..<newWidth).map { LanczosTaps(of: $0, from: width, to: newWidth) }
        let rows = (0..<newHeight).map { LanczosTaps(of: $0, from: height, to: newHeight) }
        let wide = stretched(by: columns)
        let rowLength = newWidth * 3
        let result = [UInt8](unsafeUninitializedCapacity: newHeight * rowLength) { result, count in
            wide.withUnsafeBufferPointer { wide in
                for taps in rows {
                    for column in 0..<rowLength {
                        var sum: Int32 = 1 << 21
                        for tap in 0..<8 { sum &+= wide[taps.pixels[tap] &* rowLength &+ column] &* taps.weights[tap] }
                        result[count] = UInt8(clamping: sum >> 22)
                        count += 1
                    }
                }
            }
        }
        return RGBImage(width: newWidth, height: newHeight, pixels: result)
    }

    /// Every row at its new width, with 11 bits behind the point.
    private func stretched(by columns: [LanczosTaps]) -> [Int32] {
        [Int32](unsafeUninitializedCapacity: height * columns.count * 3) { wide, count in
            pixels.withUnsafeBufferPointer { pixels in
                for row in 0..<height {
                    for taps in columns {
                        var sum = SIMD3<Int32>.zero
                        for tap in 0..<8 {
                            let pixel = (row &* width &+ taps.pixels[tap]) &* 3
                            let colour = SIMD3(pixels[pixel], pixels[pixel &+ 1], pixels[pixel &+ 2])
                            sum &+= SIMD3<Int32>(truncatingIfNeeded: colour) &* taps.weights[tap]
                        }
                        for channel in 0..<3 { wide[count &+ channel] = sum[channel] }
                        count += 3
                    }
                }
            }
        }
    }
}

/// Which eight pixels of the original make one of the result, and what each counts.
private struct LanczosTaps {
    /// Their places, those beyond the border moved onto it.
    var pixels: SIMD8<Int>
    /// Their weights, 2048 in all but for rounding.
    var weights: SIMD8<Int32>

    init(of index: Int, from size: Int, to newSize: Int) {
        let position = ResizePosition(of: index, from: size, to: newSize)
        pixels = SIMD8(-3, -2, -1, 0, 1, 2, 3, 4) &+ position.pixel
        pixels.clamp(lowerBound: SIMD8(repeating: 0), upperBound: SIMD8(repeating: size - 1))
        weights = Self.weights(position.fraction)
    }

    /// sinc(t) · sinc(t / 4) at the distances t of the eight pixels, brought to a sum of 1.
    ///
    /// All t differ by whole numbers, so that sin(πt) differs in its sign alone and drops out with the sum.
    private static func weights(_ fraction: Float) -> SIMD8<Int32> {
        // The distance is rounded once for all eight, as OpenCV does.
        let first = fraction + 3
        var weights = SIMD8<Float>()
        var sum: Float = 0
        for tap in 0..<8 {
            let distance = first - Float(tap)
            if abs(distance) < 1e-6 {
                var alone = SIMD8<Int32>()
                alone[tap] = 2048
                return alone
            }
            let angle = Double(distance) * .pi / 4
            let sign: Double = tap.isMultiple(of: 2) ? 1 : -1
            weights[tap] = Float(sign * sin((Double(first) - Double(tap)) * .pi / 4) / (angle * angle))
            sum += weights[tap]
        }
        var fixed = SIMD8<Int32>()
        for tap in 0..<8 { fixed[tap] = ResizePosition.fixed(weights[tap] * (1 / sum)) }
        return fixed
    }
}
