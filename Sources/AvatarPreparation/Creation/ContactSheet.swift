import Avatars
import Foundation
import MuseTalk
import Video

/// Sample frames on one picture, with what was found in them, to be judged by eye: green is the mask, yellow the box
/// that the model repaints, red are eyes, nose and mouth. Each frame is shown whole, and close up below.
public struct ContactSheet {
    /// The file's name in a bundle.
    public static let fileName = "contact.png"

    /// The frames that are shown.
    let samples: [Int]
    /// The sheet.
    private(set) var image: RGBAImage

    private let cellWidth: Int
    private let wholeHeight: Int
    private let whole: RGBScaler
    private var count = 0

    /// Width of a cell in pixels.
    private static let widest = 320
    private static let columns = 4
    private static let mostSamples = 12

    /// An empty sheet.
    init(frameWidth: Int, frameHeight: Int, frameCount: Int) {
        let number = min(frameCount, Self.mostSamples)
        samples = (0..<number).map { $0 * frameCount / number }
        cellWidth = min(Self.widest, frameWidth)
        wholeHeight = max(1, frameHeight * cellWidth / frameWidth)
        whole = RGBScaler(width: cellWidth, height: wholeHeight)
        let columns = min(number, Self.columns)
        let rows = (number + Self.columns - 1) / Self.columns
        let (width, height) = (columns * cellWidth, rows * (wholeHeight + cellWidth))
        image = RGBAImage(
            width: width, height: height, pixels: [UInt8](repeating: 255, count: width * height * 4))
    }

    /// Puts a sheet of a bundle's frames into the bundle.
    /// - Parameter points: what was found in a frame; nil where that is not known.
    static func write(of writer: FilmedBundleWriter, points: (Int) -> FaceLandmarks?) throws {
        let picture = PixelBuffer(width: writer.width, height: writer.height)
        var sheet = ContactSheet(
            frameWidth: writer.width, frameHeight: writer.height, frameCount: writer.frameCount)
        for index in sheet.samples {
            try writer.copyFrame(index, into: picture)
            try sheet.add(
                picture, region: writer.regions[index], mask: try writer.mask(ofFrame: index), points: points(index))
        }
        try Data(PNG.encode(sheet.image)).write(to: writer.folder.appending(path: Self.fileName))
    }

    /// Adds a frame.
    /// - Parameter mask: a byte for each pixel of the region's mask area.
    mutating func add(
        _ picture: PixelBuffer, region: FilmedFace.Region, mask: [UInt8], points: FaceLandmarks?
    ) throws(VideoFileError) {
        let origin = (
            x: count % Self.columns * cellWidth, y: count / Self.columns * (wholeHeight + cellWidth)
        )
        count += 1
        let scale = Double(picture.width) / Double(cellWidth)
        try paint(picture, by: whole, at: origin)
        draw(region.box, from: SIMD2(0, 0), scale: scale, at: origin, limit: wholeHeight)

        let square = region.box.blendingSquare
        let side = Double(square.width)
        let closeUp = (x: origin.x, y: origin.y + wholeHeight)
        let corner = SIMD2(Double(square.left), Double(square.top))
        let pixels = RGBImage(marking: mask, of: region.maskArea, in: picture)
        for y in 0..<cellWidth {
            for x in 0..<cellWidth {
                let place = corner + (SIMD2(Double(x), Double(y)) + 0.5) * (side / Double(cellWidth))
                let (column, row) = (Int(place.x.rounded(.down)), Int(place.y.rounded(.down)))
                guard (0..<picture.width).contains(column), (0..<picture.height).contains(row) else { continue }
                let source = (row * picture.width + column) * 3
                set(
                    closeUp.x + x, closeUp.y + y,
                    (pixels.pixels[source], pixels.pixels[source + 1], pixels.pixels[source + 2]))
            }
        }
        let closeScale = side / Double(cellWidth)
        draw(region.box, from: corner, scale: closeScale, at: closeUp, limit: cellWidth)
        guard let points else { return }
        for point in [points.leftEye, points.rightEye, points.nose, points.leftMouth, points.rightMouth] {
            let place = (point - corner) / closeScale
            dot(Int(place.x), Int(place.y), at: closeUp)
        }
    }

    private mutating func paint(
        _ picture: PixelBuffer, by scaler: RGBScaler, at origin: (x: Int, y: Int)
    ) throws(VideoFileError) {
        var pixels = [UInt8](repeating: 0, count: scaler.width * scaler.height * 3)
        var failure: VideoFileError?
        pixels.withUnsafeMutableBufferPointer { pixels in
            do throws(VideoFileError) {
                try scaler.scale(picture, to: pixels, stride: scaler.width * 3)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        for y in 0..<scaler.height {
            for x in 0..<scaler.width {
                let source = (y * scaler.width + x) * 3
                set(origin.x + x, origin.y + y, (pixels[source], pixels[source + 1], pixels[source + 2]))
            }
        }
    }

    /// Draws a frame around `box`, two pixels thick.
    private mutating func draw(
        _ box: PixelBox, from corner: SIMD2<Double>, scale: Double, at origin: (x: Int, y: Int), limit: Int
    ) {
        let upperLeft = (SIMD2(Double(box.left), Double(box.top)) - corner) / scale
        let lowerRight = (SIMD2(Double(box.right), Double(box.bottom)) - corner) / scale
        let (left, top) = (Int(upperLeft.x), Int(upperLeft.y))
        let (right, bottom) = (Int(lowerRight.x), Int(lowerRight.y))
        for y in max(0, top)..<max(max(0, top), min(limit, bottom)) {
            for x in max(0, left)..<max(max(0, left), min(cellWidth, right)) {
                let isEdge = x < left + 2 || x >= right - 2 || y < top + 2 || y >= bottom - 2
                if isEdge { set(origin.x + x, origin.y + y, (255, 220, 0)) }
            }
        }
    }

    private mutating func dot(_ x: Int, _ y: Int, at origin: (x: Int, y: Int)) {
        for dy in -2...2 {
            for dx in -2...2 where (0..<cellWidth).contains(x + dx) && (0..<cellWidth).contains(y + dy) {
                set(origin.x + x + dx, origin.y + y + dy, (230, 30, 30))
            }
        }
    }

    private mutating func set(_ x: Int, _ y: Int, _ colour: (UInt8, UInt8, UInt8)) {
        let index = (y * image.width + x) * 4
        (image.pixels[index], image.pixels[index + 1], image.pixels[index + 2]) = colour
    }
}

extension RGBImage {
    /// A whole picture, green where the mask lets the repainted face through.
    fileprivate init(marking mask: [UInt8], of area: PixelBox, in picture: PixelBuffer) {
        let plain = RGBImage(
            picture, in: PixelBox(left: 0, top: 0, right: picture.width, bottom: picture.height))
        var pixels = plain.pixels
        for y in area.top..<area.bottom {
            for x in area.left..<area.right {
                let weight = Int(mask[(y - area.top) * area.width + x - area.left]) * 2 / 5
                let green = (y * picture.width + x) * 3
                for (channel, value) in [40, 220, 90].enumerated() {
                    let mixed = Int(pixels[green + channel]) * (255 - weight) + value * weight
                    pixels[green + channel] = UInt8(mixed / 255)
                }
            }
        }
        self.init(width: plain.width, height: plain.height, pixels: pixels)
    }
}
