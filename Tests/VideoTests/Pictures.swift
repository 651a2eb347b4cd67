import Foundation
import TestSupport
import Video

extension PixelBuffer {
    /// A smooth picture with a bright disc that moves with `time`.
    static func scene(width: Int, height: Int, time: Int) -> PixelBuffer {
        let picture = PixelBuffer(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let (dx, dy) = (x - width / 2 - time % 10, y - height / 2)
                let isDisc = dx * dx + dy * dy < height * height / 16
                picture.luma[y * width + x] = UInt8(isDisc ? 200 : 40 + 80 * x / width + 40 * y / height)
            }
        }
        for index in picture.u.indices {
            picture.u[index] = UInt8(100 + index * 2 % width * 40 / width)
            picture.v[index] = 140
        }
        return picture
    }

    /// Every byte at random.
    static func noise(width: Int, height: Int, seed: UInt64) -> PixelBuffer {
        var random = SeededGenerator(seed: seed)
        let picture = PixelBuffer(width: width, height: height)
        for index in picture.bytes.indices { picture.bytes[index] = UInt8.random(in: 16...235, using: &random) }
        return picture
    }

    /// Peak signal-to-noise ratio of the luma against `other`, in dB.
    func lumaPSNR(against other: PixelBuffer) -> Double {
        var sum = 0
        for (a, b) in zip(luma, other.luma) { sum += (Int(a) - Int(b)) * (Int(a) - Int(b)) }
        return 10 * log10(255 * 255 / max(Double(sum) / Double(width * height), 1e-9))
    }
}
