import Foundation
import Video

/// Lower half of a face as two quarters of a superellipse that meet under the chin: what stands in for a face parser.
///
/// Its upright passes between the eyes and through the middle of the mouth, where these are known, so that it leans with
/// the head; turned to a side, the near cheek is wider than the far one.
struct JawShape {
    /// Where the upright crosses the line on which the jaw is widest.
    private var centre: SIMD2<Double>
    /// Along the upright, towards the chin; length 1.
    private var down: SIMD2<Double>
    /// From the centre to the cheek that is left in the picture.
    private var leftReach: Double
    /// From the centre to the cheek that is right in the picture.
    private var rightReach: Double
    /// From the centre to the chin.
    private var depth: Double

    /// Rounder than a rectangle, squarer than an ellipse: as jaws are.
    private static let exponent = 2.4
    /// Kept free between the shape and the box, as a part of the box: there the mask fades, and at the box's edge the
    /// generated face ends.
    private static let margin = 0.055

    init(in box: PixelBox, landmarks: FaceLandmarks?) {
        let (width, height) = (Double(box.width), Double(box.height))
        let middle = SIMD2(Double(box.left) + width / 2, Double(box.top) + height / 2)
        let axis = Self.axis(landmarks, in: box)
        down = axis?.down ?? SIMD2(0, 1)
        // MuseTalk's box has the root of the nose in the middle of its height.
        let offset = axis.map { $0.mouth.x + (middle.y - $0.mouth.y) * $0.down.x / $0.down.y - middle.x } ?? 0
        centre = SIMD2(middle.x + max(-0.2 * width, min(0.2 * width, offset)), middle.y)
        leftReach = centre.x - Double(box.left) - Self.margin * width
        rightReach = Double(box.right) - centre.x - Self.margin * width
        depth = (height / 2 - Self.margin * height) / down.y
    }

    /// Draws it: 255 within, 0 outside. What lies above the centre has the width of the cheeks.
    /// - Parameter crop: what of the frame the image shows.
    func drawn(in crop: PixelBox) -> GrayImage {
        var image = GrayImage(width: crop.width, height: crop.height)
        for y in 0..<crop.height {
            for x in 0..<crop.width {
                let point = SIMD2(Double(crop.left + x) + 0.5, Double(crop.top + y) + 0.5)
                if contains(point) { image.pixels[y * crop.width + x] = 255 }
            }
        }
        return image
    }

    private func contains(_ point: SIMD2<Double>) -> Bool {
        let offset = point - centre
        let fall = (offset * down).sum()
        let side = offset.x * down.y - offset.y * down.x
        let across = abs(side) / (side < 0 ? leftReach : rightReach)
        let along = max(fall, 0) / depth
        guard across < 1, along < 1 else { return false }
        return pow(across, Self.exponent) + pow(along, Self.exponent) < 1
    }

    /// Where the upright passes the mouth, and which way it falls; nil if the points cannot be a face in this box.
    private static func axis(
        _ landmarks: FaceLandmarks?, in box: PixelBox
    ) -> (mouth: SIMD2<Double>, down: SIMD2<Double>)? {
        guard let landmarks else { return nil }
        let mouth = (landmarks.leftMouth + landmarks.rightMouth) / 2
        let fall = mouth - (landmarks.leftEye + landmarks.rightEye) / 2
        let length = (fall * fall).sum().squareRoot()
        // Lying faces are beyond the model, too; the box would be of no use.
        guard length > 0.1 * Double(box.height), fall.y > 0.6 * length else { return nil }
        return (mouth, fall / length)
    }
}
