public import Video

/// How much of the generated face shows at each pixel of the square around the face: MuseTalk's mask.
///
/// 255 is all of it, 0 nothing; soft at its edges. One exists for each frame of an avatar.
public struct CropMask: Sendable, Equatable {
    /// The square, in pixels of the frame; it may reach beyond it.
    public let crop: PixelBox
    /// As large as the square.
    public let image: GrayImage

    /// A mask that was made elsewhere, e.g. by MuseTalk's own preparation.
    /// - Precondition: `image` is as large as `crop`.
    public init(image: GrayImage, crop: PixelBox) {
        precondition(image.width == crop.width && image.height == crop.height)
        self.image = image
        self.crop = crop
    }

    /// The mask from what a face parser sees in the square, as `get_image_prepare_material` of
    /// `musetalk/utils/blending.py` makes it.
    /// - Parameters:
    ///   - parsing: 255 where there is face, at the parser's size.
    ///   - face: the face box.
    /// - Precondition: `parsing` and `face` are not empty.
    public init(parsing: GrayImage, face: PixelBox) {
        let crop = face.blendingSquare
        self.init(face: parsing.resized(width: crop.width, height: crop.height, by: .bicubic), in: face, crop: crop)
    }

    /// The mask where there is no face parser: a jaw drawn into the box.
    /// - Parameters:
    ///   - face: the face box.
    ///   - landmarks: where the eyes and the mouth are, if that is known: a tilted or turned head gets a tilted jaw.
    /// - Precondition: `face` is not empty.
    public init(jawOf face: PixelBox, landmarks: FaceLandmarks? = nil) {
        let crop = face.blendingSquare
        self.init(face: JawShape(in: face, landmarks: landmarks).drawn(in: crop), in: face, crop: crop)
    }

    /// Leaves of `image` what lies in the face box and in the lower half of the square, and softens it.
    private init(face image: GrayImage, in box: PixelBox, crop: PixelBox) {
        var kept = GrayImage(width: crop.width, height: crop.height)
        let box = box.intersection(crop)
        for y in max(box.top, crop.top + crop.height / 2)..<max(box.bottom, crop.top + crop.height / 2) {
            let row = (y - crop.top) * crop.width - crop.left
            for x in box.left..<box.right { kept.pixels[row + x] = image.pixels[row + x] }
        }
        // Python: int(0.1 * width // 2 * 2) + 1.
        let kernelSize = Int(0.1 * Double(crop.width) / 2) * 2 + 1
        self.init(image: kept.blurred(kernelSize: kernelSize), crop: crop)
    }
}
