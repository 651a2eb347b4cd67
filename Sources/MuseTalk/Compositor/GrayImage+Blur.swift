import Foundation
import Video

extension GrayImage {
    /// The image softened, bit for bit as `cv2.GaussianBlur` makes it for bytes when sigma is 0: weights of 8 bits
    /// for each direction, no rounding in between, the border mirrored without its last pixel.
    /// - Parameter kernelSize: pixels that count in each direction; odd.
    func blurred(kernelSize: Int) -> GrayImage {
        let weights = Self.gaussian(kernelSize)
        let radius = kernelSize / 2
        guard radius > 0, !pixels.isEmpty else { return self }
        var wide = [UInt32](repeating: 0, count: pixels.count)
        var padded = [UInt8](repeating: 0, count: width + 2 * radius)
        for row in 0..<height {
            for column in padded.indices {
                padded[column] = pixels[row * width + Self.mirrored(column - radius, within: width)]
            }
            for (tap, weight) in weights.enumerated() {
                for column in 0..<width { wide[row * width + column] &+= UInt32(padded[column + tap]) &* weight }
            }
        }
        var result = self
        var sums = [UInt32](repeating: 0, count: width)
        for row in 0..<height {
            for column in 0..<width { sums[column] = 1 << 15 }
            for (tap, weight) in weights.enumerated() {
                let source = Self.mirrored(row + tap - radius, within: height) * width
                for column in 0..<width { sums[column] &+= wide[source + column] &* weight }
            }
            for column in 0..<width { result.pixels[row * width + column] = UInt8(clamping: sums[column] >> 16) }
        }
        return result
    }

    /// Weights that sum to 256. What rounding one of them loses or adds goes to the next, and in the end to the middle.
    private static func gaussian(_ size: Int) -> [UInt32] {
        let radius = size / 2
        var weights = [UInt32](repeating: 0, count: size)
        var error = 0.0
        for (index, weight) in exactGaussian(size).prefix(radius).enumerated() {
            let wanted = weight * 256 + error
            let rounded = wanted.rounded(.toNearestOrEven)
            error = wanted - rounded
            weights[index] = UInt32(rounded)
            weights[size - 1 - index] = UInt32(rounded)
        }
        weights[radius] = 256 - weights.reduce(0, +)
        return weights
    }

    /// The weights up to the middle one.
    private static func exactGaussian(_ size: Int) -> [Double] {
        switch size {
        // OpenCV has these as tables.
        case 1: return [1]
        case 3: return [0.25, 0.5]
        case 5: return [0.0625, 0.25, 0.375]
        case 7: return [0.03125, 0.109375, 0.21875, 0.28125]
        case 9: return [4, 13, 30, 51, 60].map { $0 / 256 }
        default:
            let sigma = 0.15 * Double(size) + 0.35
            let half = (0...(size / 2)).map { index in
                let distance = Double(size / 2 - index)
                return exp(-distance * distance / (2 * sigma * sigma))
            }
            let sum = 2 * half.dropLast().reduce(0, +) + 1
            return half.map { $0 / sum }
        }
    }

    /// A place beyond the border, mirrored at the centre of the border's pixel until it lies within.
    private static func mirrored(_ index: Int, within size: Int) -> Int {
        guard size > 1 else { return 0 }
        let period = 2 * (size - 1)
        let place = (index % period + period) % period
        return min(place, period - place)
    }
}
