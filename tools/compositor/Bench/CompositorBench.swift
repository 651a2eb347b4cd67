public import ArgumentParser
import Foundation
import MuseTalk
public import Video

/// Measures how long it takes to paint one face into one frame; `compare.py` runs it beside the official
/// function.
@main struct CompositorBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compositor-bench",
        abstract: "Time the painting of a face: one JSON line with milliseconds, the best of all rounds.")

    @Option(help: "The frame: raw I420.") var frame: String
    @Option(help: "Its width in pixels, even.") var width: Int
    @Option(help: "Its height in pixels, even.") var height: Int
    @Option(help: "The face: 256×256 pixels of red, green, blue.") var face: String
    @Option(help: "The face box: left,top,right,bottom.") var box: PixelBox
    @Option(help: "The blending mask: a byte for each pixel of its square.") var mask: String
    @Option(help: "The mask's square: left,top,right,bottom.") var crop: PixelBox
    @Option(help: "How often to measure.") var rounds = 2000

    func validate() throws {
        guard width > 0, height > 0, width % 2 == 0, height % 2 == 0 else {
            throw ValidationError("\(width)×\(height): expected even numbers of pixels")
        }
        guard box.width > 0, box.height > 0, crop.width > 0, crop.height > 0 else {
            throw ValidationError("--box and --crop need some pixels")
        }
        guard rounds > 0 else { throw ValidationError("--rounds \(rounds): expected at least one") }
    }

    func run() throws {
        let base = PixelBuffer(width: width, height: height)
        _ = base.bytes.update(fromContentsOf: try read(frame, count: base.bytes.count))
        let face = try read(face, count: FaceCrop.byteCount)
        let alpha = try read(mask, count: crop.width * crop.height)
        let mask = CropMask(image: GrayImage(width: crop.width, height: crop.height, pixels: alpha), crop: crop)
        let blend = BlendMask(mask, face: box, frameWidth: width, frameHeight: height)
        let brush = FaceBrush(frameWidth: width, frameHeight: height)
        let picture = PixelBuffer(width: width, height: height)

        let clock = ContinuousClock()
        var (copy, paint) = (Duration.seconds(3600), Duration.seconds(3600))
        for _ in 0..<rounds {
            copy = min(copy, clock.measure { picture.copy(from: base) })
            paint = min(
                paint,
                clock.measure {
                    face.withUnsafeBufferPointer { brush.paint($0, in: box, through: blend, onto: picture) }
                })
        }
        print(#"{"paint_ms": \#(paint / .milliseconds(1)), "copy_ms": \#(copy / .milliseconds(1))}"#)
    }

    private func read(_ file: String, count: Int) throws -> [UInt8] {
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: file)))
        guard bytes.count == count else {
            throw ValidationError("\(file): \(bytes.count) bytes; expected \(count)")
        }
        return bytes
    }
}

extension PixelBox: ExpressibleByArgument {
    /// `left,top,right,bottom`.
    public init?(argument: String) {
        let edges = argument.split(separator: ",").compactMap { Int($0) }
        guard edges.count == 4 else { return nil }
        self.init(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3])
    }
}
