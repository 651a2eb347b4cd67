public import Video

extension PixelBox {
    /// The square around this face box that MuseTalk makes its mask for: 1.5 times as large as the longer side.
    ///
    /// It may reach beyond the frame. As `get_crop_box` of `musetalk/utils/blending.py`.
    public var blendingSquare: PixelBox {
        // Python's // rounds down, for boxes that begin left of the frame, too.
        let (x, y) = ((left + right) >> 1, (top + bottom) >> 1)
        let half = (max(width, height) >> 1) * 3 / 2
        return PixelBox(left: x - half, top: y - half, right: x + half, bottom: y + half)
    }

    /// What two boxes share; a box without columns or rows where that is nothing.
    func intersection(_ other: PixelBox) -> PixelBox {
        let (left, top) = (max(left, other.left), max(top, other.top))
        return PixelBox(
            left: left, top: top, right: max(left, min(right, other.right)), bottom: max(top, min(bottom, other.bottom))
        )
    }

    /// True if there is no pixel in it.
    var isEmpty: Bool { width <= 0 || height <= 0 }
}
