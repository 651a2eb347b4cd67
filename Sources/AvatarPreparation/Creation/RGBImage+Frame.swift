import MuseTalk
import Video

extension RGBImage {
    /// The part of a frame in RGB that lies in `box`.
    /// - Parameters:
    ///   - frame: red, green, blue, rows packed.
    ///   - width: of the frame.
    /// - Precondition: the box lies in the frame, and is not empty.
    init(ofFrame frame: [UInt8], width: Int, in box: PixelBox) {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(box.width * box.height * 3)
        for row in box.top..<box.bottom {
            let start = (row * width + box.left) * 3
            pixels += frame[start..<(start + box.width * 3)]
        }
        self.init(width: box.width, height: box.height, pixels: pixels)
    }
}
