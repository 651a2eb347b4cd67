import MuseTalk
import TestSupport
import Video

/// Where the face is in the goldens: `box.json`.
enum GoldenBox {
    static let face = PixelBox(left: 212, top: 168, right: 340, bottom: 318)
    static let crop = PixelBox(left: 164, top: 131, right: 388, bottom: 355)
}

extension RGBImage {
    /// The same, opaque.
    var withAlpha: RGBAImage {
        let pixels = stride(from: 0, to: pixels.count, by: 3).flatMap { self.pixels[$0..<($0 + 3)] + [255] }
        return RGBAImage(width: width, height: height, pixels: pixels)
    }
}

extension PixelBuffer {
    /// Many colours, all of which RGB has.
    static func gentle(width: Int, height: Int) -> PixelBuffer {
        let picture = PixelBuffer(width: width, height: height)
        for index in picture.luma.indices { picture.luma[index] = UInt8(90 + index % width % 40 + index / width % 30) }
        for index in picture.u.indices {
            picture.u[index] = UInt8(110 + index % 30)
            picture.v[index] = UInt8(145 - index / 7 % 30)
        }
        return picture
    }

    /// Converts to BT.709, limited, in floating point, with no rounding but the last; chroma is the mean of four pixels.
    convenience init(exactly image: RGBAImage) {
        self.init(width: image.width, height: image.height)
        func channels(_ x: Int, _ y: Int) -> SIMD3<Double> {
            let index = (y * image.width + x) * 4
            return SIMD3((0..<3).map { Double(image.pixels[index + $0]) / 255 })
        }
        func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }
        let luma = SIMD3(0.2126, 0.7152, 0.0722)
        for y in 0..<height {
            for x in 0..<width {
                self.luma[y * width + x] = UInt8((16 + 219 * dot(channels(x, y), luma)).rounded())
            }
        }
        for y in 0..<(height / 2) {
            for x in 0..<(width / 2) {
                let (left, top) = (2 * x, 2 * y)
                var colour = channels(left, top) + channels(left + 1, top)
                colour = (colour + channels(left, top + 1) + channels(left + 1, top + 1)) / 4
                let grey = dot(colour, luma)
                u[y * (width / 2) + x] = UInt8((128 + 224 * (colour.z - grey) / 1.8556).rounded())
                v[y * (width / 2) + x] = UInt8((128 + 224 * (colour.x - grey) / 1.5748).rounded())
            }
        }
    }

    /// How much two pictures differ: mean and greatest difference of a byte.
    func difference(from other: PixelBuffer) -> (mean: Double, max: Int) {
        let differences = zip(bytes, other.bytes).map { abs(Int($0) - Int($1)) }
        return (Double(differences.reduce(0, +)) / Double(differences.count), differences.max() ?? 0)
    }
}
