@testable import Avatars
import Video

/// A face of a few plain colours, 128 × 176 pixels, of which it is known where everything is.
enum TinyFace {
    static let width = 128
    static let height = 176

    static let landmarks: [RigLandmarks.Point: SIMD2<Double>] = [
        .leftEyeOuter: [38, 72], .leftEyeTop: [47, 67], .leftEyeInner: [56, 72], .leftEyeBottom: [47, 76],
        .rightEyeOuter: [90, 72], .rightEyeTop: [81, 67], .rightEyeInner: [72, 72], .rightEyeBottom: [81, 76],
        .leftBrow: [47, 58], .rightBrow: [81, 58], .nose: [64, 96], .mouthLeft: [48, 112], .mouthRight: [80, 112],
        .upperLip: [64, 107], .lipLine: [64, 112], .lowerLip: [64, 118], .chin: [64, 134], .jawLeft: [32, 112],
        .jawRight: [96, 112], .headTop: [64, 20],
    ]

    /// Half the width of its mouth.
    static let mouthHalf = 16.0

    /// The face, its mouth closed and its eyes open.
    /// - Parameter right: how far it is moved.
    static func picture(movedBy right: Int = 0) -> PixelBuffer {
        let picture = PixelBuffer(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let color = color(x - right, y)
                picture.luma[y * width + x] = color.luma
                guard x.isMultiple(of: 2), y.isMultiple(of: 2) else { continue }
                picture.u[y / 2 * width / 2 + x / 2] = color.u
                picture.v[y / 2 * width / 2 + x / 2] = color.v
            }
        }
        return picture
    }

    private typealias Color = (luma: UInt8, u: UInt8, v: UInt8)

    private static func color(_ x: Int, _ y: Int) -> Color {
        func isIn(_ centerX: Int, _ centerY: Int, _ halfWidth: Int, _ halfHeight: Int) -> Bool {
            let (dx, dy) = (Double(x - centerX) / Double(halfWidth), Double(y - centerY) / Double(halfHeight))
            return dx * dx + dy * dy < 1
        }
        for eye in [47, 81] {
            if isIn(eye, 71, 4, 4) { return (iris, 128, 128) }
            if isIn(eye, 71, 9, 5) { return (225, 128, 128) }
            if isIn(eye, 58, 12, 2) { return (60, 124, 134) }
        }
        // Lips, and the shadow between them.
        if isIn(64, 112, 16, 6) { return y == 112 ? (60, 116, 160) : (90, 114, 168) }
        if isIn(64, 77, 34, 57) { return (UInt8(115 + (x - 64) / 4 + (y - 77) / 6), 118, 146) }
        return (UInt8(70 + x / 3 % 40 + y / 8), 138, 122)
    }

    /// Luma of the darkest part of an eye, which nothing else has.
    private static let iris: UInt8 = 30

    // MARK: What is seen between the lips

    /// Pixels for half the width of the mouth, and the point on the middle of the lips.
    static let inside = (unit: 32.0, anchor: [48.0, 24.0])

    /// Green teeth before a greener hollow, and a tongue that is as blue: however they blend, there is no red in it.
    static let insidePictures: [String: RGBAImage] = [
        "hollow": rectangle([0, 255, 0, 255], columns: 8..<88, rows: 4..<76),
        "lower-teeth": rectangle([90, 255, 90, 255], columns: 24..<72, rows: 26..<34),
        "tongue": rectangle([0, 255, 255, 255], columns: 32..<64, rows: 32..<52),
        "upper-teeth": rectangle([90, 255, 90, 255], columns: 24..<72, rows: 12..<22),
    ]

    private static func rectangle(_ color: [UInt8], columns: Range<Int>, rows: Range<Int>) -> RGBAImage {
        let pixels = (0..<80).flatMap { y in
            (0..<96).flatMap { x in columns.contains(x) && rows.contains(y) ? color : [0, 0, 0, 0] }
        }
        return RGBAImage(width: 96, height: 80, pixels: pixels)
    }

    /// Where `picture` shows any of it: places in pixels.
    static func inside(in picture: PixelBuffer) -> [SIMD2<Double>] {
        places(in: picture) { $1 < 100 }
    }

    /// How much of it `picture` shows, in pixels and parts of them: it is brighter than skin and lips.
    static func opening(of picture: PixelBuffer) -> Double {
        let bright = (100..<146).flatMap { row in
            (30..<98).map { max(0, Double(picture.luma[row * width + $0]) - 140) }
        }
        return bright.reduce(0, +) / (172 - 140)
    }

    /// Where it shows the tongue.
    static func tongue(in picture: PixelBuffer) -> [SIMD2<Double>] { places(in: picture) { $0 > 128 && $1 < 60 } }

    private static func places(
        in picture: PixelBuffer, _ isPart: (_ u: UInt8, _ v: UInt8) -> Bool
    ) -> [SIMD2<Double>] {
        let (u, v, half) = (picture.u, picture.v, picture.width / 2)
        return u.indices.filter { isPart(u[$0], v[$0]) }
            .map { SIMD2(Double($0 % half) * 2 + 1, Double($0 / half) * 2 + 1) }
    }

    // MARK: Eyes

    /// Where `picture` shows irises.
    static func irises(in picture: PixelBuffer) -> [SIMD2<Double>] {
        dark(in: picture, below: 45, rows: 60..<90)
    }

    /// How high its brows are, in pixels from the top.
    static func browHeight(in picture: PixelBuffer) -> Double {
        let places = dark(in: picture, below: 85, rows: 46..<65).filter { (36..<92).contains($0.x) }
        return places.reduce(0) { $0 + $1.y } / Double(max(places.count, 1))
    }

    private static func dark(in picture: PixelBuffer, below limit: UInt8, rows: Range<Int>) -> [SIMD2<Double>] {
        let (luma, width) = (picture.luma, picture.width)
        return rows.flatMap { row in
            (0..<width).filter { luma[row * width + $0] < limit }.map { SIMD2(Double($0) + 0.5, Double(row) + 0.5) }
        }
    }
}
