public import Video

/// A picture in RGB, 8 bits a channel, full range, rows packed: what the encoder of faces takes.
public struct RGBImage: Sendable, Equatable {
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// Red, green, blue; `width * height * 3` values, row by row.
    public let pixels: [UInt8]

    /// Puts the parts together.
    /// - Precondition: `pixels` has `width * height * 3` values.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0 && pixels.count == width * height * 3)
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// The part of a picture that lies in `box`, converted from BT.709, limited range.
    ///
    /// The four pixels of a chroma sample take its colour as it is, as OpenCV's reader does, so that the model sees
    /// what it saw when it was trained.
    /// - Precondition: some of `box` lies in the picture; what lies outside is left out.
    public init(_ picture: PixelBuffer, in box: PixelBox) {
        let box = box.intersection(PixelBox(left: 0, top: 0, right: picture.width, bottom: picture.height))
        precondition(!box.isEmpty)
        let pixels = [UInt8](unsafeUninitializedCapacity: box.width * box.height * 3) { pixels, count in
            for y in box.top..<box.bottom {
                for x in box.left..<box.right {
                    let chroma = y / 2 * (picture.width / 2) + x / 2
                    let colour = LimitedBT709.rgb(
                        y: picture.luma[y * picture.width + x], u: picture.u[chroma], v: picture.v[chroma])
                    (pixels[count], pixels[count + 1], pixels[count + 2]) = colour
                    count += 3
                }
            }
        }
        self.init(width: box.width, height: box.height, pixels: pixels)
    }
}
