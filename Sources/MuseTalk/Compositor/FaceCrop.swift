public import Video

/// The picture of a face that the model sees.
public enum FaceCrop {
    /// Width and height of it: what MuseTalk is trained on.
    public static let size = 256
    /// Bytes of it: red, green, blue, row by row.
    public static let byteCount = size * size * 3

    /// The face in `box` at the model's size, as `scripts/realtime_inference.py` cuts it out.
    /// - Precondition: some of `box` lies in the picture; what lies outside is left out.
    public static func make(_ picture: PixelBuffer, in box: PixelBox) -> RGBImage {
        RGBImage(picture, in: box).resizedByLanczos(width: size, height: size)
    }
}
