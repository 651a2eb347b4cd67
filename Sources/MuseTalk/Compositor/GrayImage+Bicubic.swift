public import Video

extension GrayImage {
    /// The image at another size, bit for bit as Pillow's `Image.resize` makes it by default: bicubic with a = −0.5,
    /// widened where the result is smaller; rows first, then columns, rounded to bytes in between.
    /// - Precondition: neither size has a zero.
    public func resizedBicubically(width newWidth: Int, height newHeight: Int) -> GrayImage {
        precondition(width > 0 && height > 0 && newWidth > 0 && newHeight > 0)
        let wide = newWidth == width ? self : stretched(to: newWidth)
        return newHeight == height ? wide : wide.transposed.stretched(to: newHeight).transposed
    }

    private func stretched(to newWidth: Int) -> GrayImage {
        let taps = (0..<newWidth).map { BicubicTaps(of: $0, from: width, to: newWidth) }
        var result = GrayImage(width: newWidth, height: height)
        for row in 0..<height {
            for (column, taps) in taps.enumerated() {
                var sum: Int32 = 1 << (BicubicTaps.precision - 1)
                for (tap, weight) in taps.weights.enumerated() {
                    sum &+= Int32(pixels[row * width + taps.first + tap]) &* weight
                }
                result.pixels[row * newWidth + column] = UInt8(clamping: sum >> Int32(BicubicTaps.precision))
            }
        }
        return result
    }

    private var transposed: GrayImage {
        var result = GrayImage(width: height, height: width)
        for row in 0..<height {
            for column in 0..<width { result.pixels[column * height + row] = pixels[row * width + column] }
        }
        return result
    }
}

/// Which pixels of the original make one of the result, and what each counts.
private struct BicubicTaps {
    /// Bits behind the point.
    static let precision = 22

    /// The first of them.
    var first: Int
    var weights: [Int32]

    init(of index: Int, from size: Int, to newSize: Int) {
        let scale = Double(size) / Double(newSize)
        // Making it smaller, a pixel of the result sees all that falls into it.
        let widening = max(scale, 1)
        let centre = (Double(index) + 0.5) * scale
        first = max(Int(centre - 2 * widening + 0.5), 0)
        let end = min(Int(centre + 2 * widening + 0.5), size)
        let exact = (first..<end).map { Self.bicubic((Double($0) - centre + 0.5) / widening) }
        let sum = exact.reduce(0, +)
        weights = exact.map { Int32(($0 / sum * Double(1 << Self.precision)).rounded(.toNearestOrAwayFromZero)) }
    }

    private static func bicubic(_ distance: Double) -> Double {
        let a = -0.5
        let x = abs(distance)
        if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
    }
}
