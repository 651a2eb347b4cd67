import MuseTalk
import Video

/// MuseTalk's blending in RGB, step by step as Pillow does it, with no thought of speed.
enum ReferenceBlending {
    /// Blends as `get_image_blending` does: the square is cut out of the frame, black where it reaches beyond; the face
    /// is laid into it; it goes back through the mask.
    static func blend(_ face: RGBImage, in box: PixelBox, through mask: CropMask, onto frame: RGBImage) -> RGBImage {
        let crop = mask.crop
        var square = [UInt8](repeating: 0, count: crop.width * crop.height * 3)
        func copy(_ source: RGBImage, at left: Int, _ top: Int) {
            for y in 0..<source.height where (crop.top..<crop.bottom).contains(y + top) {
                for x in 0..<source.width where (crop.left..<crop.right).contains(x + left) {
                    let place = ((y + top - crop.top) * crop.width + x + left - crop.left) * 3
                    for channel in 0..<3 {
                        square[place + channel] = source.pixels[(y * source.width + x) * 3 + channel]
                    }
                }
            }
        }
        copy(frame, at: 0, 0)
        copy(face, at: box.left, box.top)

        var result = frame.pixels
        for y in max(crop.top, 0)..<min(crop.bottom, frame.height) {
            for x in max(crop.left, 0)..<min(crop.right, frame.width) {
                let place = (y - crop.top) * crop.width + x - crop.left
                let alpha = Int(mask.image.pixels[place])
                for channel in 0..<3 {
                    let index = (y * frame.width + x) * 3 + channel
                    let sum = Int(result[index]) * (255 - alpha) + Int(square[place * 3 + channel]) * alpha + 128
                    result[index] = UInt8((sum + sum >> 8) >> 8)
                }
            }
        }
        return RGBImage(width: frame.width, height: frame.height, pixels: result)
    }
}
