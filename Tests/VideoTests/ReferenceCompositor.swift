import Foundation
import Video

/// What a ``Sprite`` must paint, written down in floating point, pixel by pixel, with no thought of speed.
enum ReferenceCompositor {
    /// Premultiplied: y, u, v carry their alpha.
    private struct Pixel {
        var y = 0.0
        var u = 0.0
        var v = 0.0
        var alpha = 0.0

        static func + (a: Self, b: Self) -> Self {
            Self(y: a.y + b.y, u: a.u + b.u, v: a.v + b.v, alpha: a.alpha + b.alpha)
        }
        static func * (a: Self, k: Double) -> Self { Self(y: a.y * k, u: a.u * k, v: a.v * k, alpha: a.alpha * k) }
    }

    static func paint(_ image: RGBAImage, at placement: Placement, onto base: PixelBuffer) -> PixelBuffer {
        let (width, height) = (image.width, image.height)
        let full = (0..<(width * height)).map { pixel(image, $0) }
        let half = (0..<(width * height / 4)).map { index in
            let corner = index / (width / 2) * 2 * width + index % (width / 2) * 2
            return (full[corner] + full[corner + 1] + full[corner + width] + full[corner + width + 1]) * 0.25
        }
        let result = PixelBuffer(width: base.width, height: base.height)
        result.copy(from: base)
        let (columns, rows) = (base.width, base.height)
        for index in result.luma.indices {
            let (x, y) = (Double(index % columns) + 0.5, Double(index / columns) + 0.5)
            let (u, v) = source(of: x, y, placement)
            let sample = sample(full, width, height, u, v)
            result.luma[index] = byte(sample.y + Double(base.luma[index]) * (1 - sample.alpha))
        }
        for index in 0..<(columns * rows / 4) {
            let x = Double(index % (columns / 2) * 2) + 1
            let y = Double(index / (columns / 2) * 2) + 1
            let (u, v) = source(of: x, y, placement)
            let sample = sample(half, width / 2, height / 2, u / 2, v / 2)
            result.u[index] = byte(sample.u + Double(base.u[index]) * (1 - sample.alpha))
            result.v[index] = byte(sample.v + Double(base.v[index]) * (1 - sample.alpha))
        }
        return result
    }

    /// ITU-R BT.709, limited range.
    private static func pixel(_ image: RGBAImage, _ index: Int) -> Pixel {
        let rgba = image.pixels[(index * 4)..<(index * 4 + 4)].map { Double($0) / 255 }
        let luma = 0.2126 * rgba[0] + 0.7152 * rgba[1] + 0.0722 * rgba[2]
        return Pixel(
            y: 16 + 219 * luma, u: 128 + 224 * (rgba[2] - luma) / 1.8556, v: 128 + 224 * (rgba[0] - luma) / 1.5748,
            alpha: 1) * rgba[3]
    }

    private static func source(of x: Double, _ y: Double, _ placement: Placement) -> (Double, Double) {
        let (dx, dy) = ((x - placement.x) / placement.scale, (y - placement.y) / placement.scale)
        let (sine, cosine) = (sin(placement.rotation), cos(placement.rotation))
        return (placement.anchorX + cosine * dx + sine * dy, placement.anchorY - sine * dx + cosine * dy)
    }

    private static func sample(_ pixels: [Pixel], _ width: Int, _ height: Int, _ u: Double, _ v: Double) -> Pixel {
        guard (-1...Double(width + 1)).contains(u), (-1...Double(height + 1)).contains(v) else { return Pixel() }
        let (left, top) = ((u - 0.5).rounded(.down), (v - 0.5).rounded(.down))
        let (right, bottom) = (u - 0.5 - left, v - 0.5 - top)
        func at(_ x: Int, _ y: Int) -> Pixel {
            (0..<width).contains(x) && (0..<height).contains(y) ? pixels[y * width + x] : Pixel()
        }
        let (x, y) = (Int(left), Int(top))
        return (at(x, y) * (1 - right) + at(x + 1, y) * right) * (1 - bottom)
            + (at(x, y + 1) * (1 - right) + at(x + 1, y + 1) * right) * bottom
    }

    private static func byte(_ value: Double) -> UInt8 { UInt8(max(0, min(255, value.rounded()))) }
}
