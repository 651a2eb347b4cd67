/// A picture in the upper left corner of a square, as large as it fits: how a detector wants it.
struct Letterbox: Hashable {
    /// Width of the picture in the square.
    let width: Int
    /// Height of the picture in the square.
    let height: Int
    /// Pixels of the picture for each pixel of the square.
    let scale: SIMD2<Double>

    /// - Parameters:
    ///   - pictureWidth: in pixels.
    ///   - pictureHeight: in pixels.
    ///   - side: of the square.
    ///   - share: of the square that the picture may fill; a face that fills the picture is found when it is smaller.
    init(pictureWidth: Int, pictureHeight: Int, side: Int, share: Double = 1) {
        let factor = Double(side) * share / Double(max(pictureWidth, pictureHeight))
        width = max(1, min(side, Int((Double(pictureWidth) * factor).rounded())))
        height = max(1, min(side, Int((Double(pictureHeight) * factor).rounded())))
        scale = SIMD2(Double(pictureWidth) / Double(width), Double(pictureHeight) / Double(height))
    }
}
