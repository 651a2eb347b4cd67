public import Video

/// Pillow's filters for resizing. Making an image smaller, they widen, so that nothing falls through.
public enum PillowFilter: Sendable {
    /// A triangle over one pixel to each side.
    case bilinear
    /// A cubic with a = −0.5 over two pixels to each side: what `Image.resize` takes by default.
    case bicubic

    /// Pixels to each side that count.
    fileprivate var reach: Double {
        switch self {
        case .bilinear: 1
        case .bicubic: 2
        }
    }

    fileprivate func weight(at distance: Double) -> Double {
        let x = abs(distance)
        switch self {
        case .bilinear: return max(0, 1 - x)
        case .bicubic:
            let a = -0.5
            if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
        }
    }
}

extension GrayImage {
    /// The image at another size, bit for bit as Pillow's `Image.resize` makes it: rows first, then columns, rounded to
    /// bytes in between.
    /// - Precondition: neither size has a zero.
    public func resized(width newWidth: Int, height newHeight: Int, by filter: PillowFilter) -> GrayImage {
        precondition(width > 0 && height > 0 && newWidth > 0 && newHeight > 0)
        let wide = newWidth == width ? self : stretched(to: newWidth, by: filter)
        return newHeight == height ? wide : wide.transposed.stretched(to: newHeight, by: filter).transposed
    }

    private func stretched(to newWidth: Int, by filter: PillowFilter) -> GrayImage {
        let taps = (0..<newWidth).map { PillowTaps(of: $0, from: width, to: newWidth, filter) }
        var result = GrayImage(width: newWidth, height: height)
        for row in 0..<height {
            for (column, taps) in taps.enumerated() {
                var sum: Int32 = 1 << (PillowTaps.precision - 1)
                for (tap, weight) in taps.weights.enumerated() {
                    sum &+= Int32(pixels[row * width + taps.first + tap]) &* weight
                }
                result.pixels[row * newWidth + column] = UInt8(clamping: sum >> Int32(PillowTaps.precision))
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
private struct PillowTaps {
    /// Bits behind the point.
    static let precision = 22

    /// The first of them.
    var first: Int
    var weights: [Int32]

    init(of index: Int, from size: Int, to newSize: Int, _ filter: PillowFilter) {
        let scale = Double(size) / Double(newSize)
        // Making it smaller, a pixel of the result sees all that falls into it.
        let widening = max(scale, 1)
        let centre = (Double(index) + 0.5) * scale
        first = max(Int(centre - filter.reach * widening + 0.5), 0)
        let end = min(Int(centre + filter.reach * widening + 0.5), size)
        let exact = (first..<end).map { filter.weight(at: (Double($0) - centre + 0.5) / widening) }
        let sum = exact.reduce(0, +)
        weights = exact.map { Int32(($0 / sum * Double(1 << Self.precision)).rounded(.toNearestOrAwayFromZero)) }
    }
}
