public import Video

/// Paints generated faces into frames: bilinear to the size of the box, then through the mask, as MuseTalk does
/// (`get_image_blending` of `musetalk/utils/blending.py`), but in the frame's own YUV and only where the mask is.
///
/// The face is resized in RGB bit for bit as OpenCV does it. Then it becomes YUV with 7 bits behind the point, and is
/// mixed with the frame in one rounding; chroma is the mean of four pixels, and so is its mask. The frame itself never
/// goes through RGB: that would cost two roundings, and the two conversions most of the time. All memory is allocated
/// once. A brush belongs to one task at a time: it is not `Sendable`.
public final class FaceBrush {
    private let width: Int
    private let height: Int
    private let rows: FaceRows
    private let mixer: FaceMixer

    /// A brush for frames of one size.
    /// - Precondition: width and height are even and positive.
    public init(frameWidth: Int, frameHeight: Int) {
        precondition(frameWidth > 0 && frameHeight > 0 && frameWidth % 2 == 0 && frameHeight % 2 == 0)
        width = frameWidth
        height = frameHeight
        rows = FaceRows(capacity: frameWidth)
        mixer = FaceMixer(capacity: frameWidth)
    }

    /// Paints one face.
    /// - Parameters:
    ///   - face: 256×256 pixels of red, green, blue, as the face graph gives them.
    ///   - box: where they go in the frame, at any size; it may reach beyond the frame.
    ///   - mask: what of them shows.
    ///   - picture: a frame of the brush's size.
    /// - Precondition: sizes are as said, the mask lies in the frame and `box` is not empty.
    public func paint(
        _ face: UnsafeBufferPointer<UInt8>, in box: PixelBox, through mask: BlendMask, onto picture: PixelBuffer
    ) {
        mask.alpha.withUnsafeBufferPointer { paint(face, in: box, through: $0, of: mask.area, onto: picture) }
    }

    /// Paints one face through a mask that lies in memory of the caller's, e.g. in a mapped file.
    /// - Parameters:
    ///   - alpha: a value for each pixel of `area`, row by row.
    ///   - area: see ``BlendMask/area``.
    public func paint(
        _ face: UnsafeBufferPointer<UInt8>, in box: PixelBox, through alpha: UnsafeBufferPointer<UInt8>,
        of area: PixelBox, onto picture: PixelBuffer
    ) {
        precondition(picture.width == width && picture.height == height && face.count == FaceCrop.byteCount)
        precondition(BlendMask.isPaintable(area) && area.right <= width && area.bottom <= height)
        precondition(alpha.count == area.width * area.height && box.width > 0 && box.height > 0)
        guard let face = face.baseAddress, var alpha = alpha.baseAddress, area.width > 0 else { return }
        let count = area.width
        rows.begin(in: box, columns: area.left..<area.right)
        for y in stride(from: area.top, to: area.bottom, by: 2) {
            rows.make(y, of: face)
            let (upper, lower) = rows.results
            let luma = picture.luma.baseAddress.unsafelyUnwrapped + y * width + area.left
            mixer.mixLuma(of: upper, through: alpha, into: luma, count: count)
            mixer.mixLuma(of: lower, through: alpha + count, into: luma + width, count: count)
            mixer.halve(upper, lower, alpha: alpha, count: count)
            let chroma = y / 2 * (width / 2) + area.left / 2
            mixer.mixChroma(
                into: picture.u.baseAddress.unsafelyUnwrapped + chroma,
                picture.v.baseAddress.unsafelyUnwrapped + chroma, count: count / 2)
            alpha += 2 * count
        }
    }
}
