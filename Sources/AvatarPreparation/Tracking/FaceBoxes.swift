public import Video

/// The rectangle that the model repaints, as MuseTalk defines it (`get_landmark_and_bbox` of
/// `musetalk/utils/preprocessing.py`): from temple to temple; down to the chin; up from the lower nose bridge by as much
/// as the chin lies below it. Version 1.5 adds a margin below the chin, where an open mouth needs it.
public struct FaceBoxes: Sendable, Equatable {
    /// Pixels by which the dividing row is moved down: more of the mouth's opening comes from below. MuseTalk 1.0's
    /// way to open mouths more, or less.
    public var bboxShift: Int
    /// Pixels below the chin.
    public var extraMargin: Int
    /// Width of the frames.
    public var width: Int
    /// Height of the frames.
    public var height: Int

    /// Puts the parts together.
    public init(bboxShift: Int = 0, extraMargin: Int = 10, width: Int, height: Int) {
        self.bboxShift = bboxShift
        self.extraMargin = extraMargin
        self.width = width
        self.height = height
    }

    /// The boxes of one film. They lie in the picture.
    ///
    /// A size that is half a pixel more in one frame and less in the next stays what it was: it changes only by
    /// more than that.
    public func boxes(of faces: [FaceShape]) -> [PixelBox] {
        var size: (width: Int, height: Int)?
        return faces.map { face in
            let bridge = face.bridge + Double(bboxShift)
            let half = max(8, face.bottom - bridge)
            let exact = (width: face.width, height: 2 * half + Double(extraMargin))
            let kept = (
                width: Self.kept(size?.width, exact.width), height: Self.kept(size?.height, exact.height)
            )
            size = kept
            let left = Int((face.centre.x - Double(kept.width) / 2).rounded())
            let bottom = Int((bridge + half + Double(extraMargin)).rounded())
            return inside(PixelBox(left: left, top: bottom - kept.height, right: left + kept.width, bottom: bottom))
        }
    }

    private static func kept(_ last: Int?, _ exact: Double) -> Int {
        if let last, abs(Double(last) - exact) < 1 { return last }
        return Int(exact.rounded())
    }

    /// Cuts a box off at the picture's edges; one that would vanish is pushed in.
    private func inside(_ box: PixelBox) -> PixelBox {
        let left = min(max(0, box.left), width - 8)
        let top = min(max(0, box.top), height - 8)
        return PixelBox(
            left: left, top: top, right: max(left + 8, min(width, box.right)),
            bottom: max(top + 8, min(height, box.bottom)))
    }
}
