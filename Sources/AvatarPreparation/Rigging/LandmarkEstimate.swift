import Avatars
import Foundation
import MuseTalk
import Video

/// Where the parts of a face are, as far as a detector tells; what it does not tell is where it is in most faces.
///
/// The proportions are those of adult faces seen from the front, as drawing books teach them: the eyes in the middle of the
/// head, the brows above them by a third of the distance between the eyes, a mouth line a third of the way from the nose
/// to the chin. Where the lips meet is looked for in the picture, see ``LipLine``.
struct LandmarkEstimate {
    /// - Parameters:
    ///   - face: box and five points.
    ///   - marks: 68 landmarks, as 300-W has them, if there are any.
    ///   - picture: in which they were found.
    static func landmarks(
        of face: FaceShape, marks: [SIMD2<Double>]?, in picture: PixelBuffer
    ) -> RigLandmarks {
        var landmarks = fromFivePoints(face)
        if let marks, marks.count == 68 { refine(&landmarks, with: marks) }
        let line = LipLine(in: picture, between: landmarks[.mouthLeft], and: landmarks[.mouthRight])
        if line.isFound {
            landmarks.lipCurve = line.places
            landmarks[.lipLine] = line.middle
        }
        return landmarks.held(width: picture.width, height: picture.height)
    }

    private static func fromFivePoints(_ face: FaceShape) -> RigLandmarks {
        let points = face.landmarks
        let eyes = points.rightEye - points.leftEye
        let distance = (eyes * eyes).sum().squareRoot()
        // Along the face and down it: a head that leans has its parts along these.
        let along = distance > 0 ? eyes / distance : SIMD2(1, 0)
        let down = SIMD2(-along.y, along.x)
        func place(_ origin: SIMD2<Double>, _ x: Double, _ y: Double) -> SIMD2<Double> {
            origin + along * (x * distance) + down * (y * distance)
        }
        let mouth = (points.leftMouth + points.rightMouth) / 2
        let mouthWay = points.rightMouth - points.leftMouth
        let width = (mouthWay * mouthWay).sum().squareRoot() / max(distance, 1)
        let middle = (points.leftEye + points.rightEye) / 2
        func depth(_ point: SIMD2<Double>) -> Double { ((point - middle) * down).sum() / max(distance, 1) }
        let mouthDepth = depth(mouth)
        let noseDepth = depth(points.nose)
        // The box ends at the chin, and begins about the hairline.
        let chin = max(depth(SIMD2(mouth.x, face.bottom)), mouthDepth + 0.45)
        let top = min(depth(SIMD2(middle.x, face.top)), -0.5)
        let half = face.width / distance / 2
        let axis = place(mouth, 0, 0)
        return RigLandmarks([
            .leftEyeOuter: place(points.leftEye, -0.24, 0.02), .leftEyeInner: place(points.leftEye, 0.21, 0.03),
            .leftEyeTop: place(points.leftEye, 0, -0.085), .leftEyeBottom: place(points.leftEye, 0, 0.085),
            .rightEyeInner: place(points.rightEye, -0.21, 0.03), .rightEyeOuter: place(points.rightEye, 0.24, 0.02),
            .rightEyeTop: place(points.rightEye, 0, -0.085), .rightEyeBottom: place(points.rightEye, 0, 0.085),
            .leftBrow: place(points.leftEye, -0.02, -0.34), .rightBrow: place(points.rightEye, 0.02, -0.34),
            .nose: place(axis, 0, noseDepth - mouthDepth + 0.14),
            .mouthLeft: points.leftMouth, .mouthRight: points.rightMouth,
            .upperLip: place(axis, 0, -0.15 * width), .lipLine: axis, .lowerLip: place(axis, 0, 0.20 * width),
            .chin: place(axis, 0, chin - mouthDepth),
            .jawLeft: place(axis, -0.88 * half, 0), .jawRight: place(axis, 0.88 * half, 0),
            .headTop: place(middle, 0, top - 0.35 * (chin - top)),
        ])
    }

    /// 0…16 jaw, 17…26 brows, 27…35 nose, 36…47 eyes, 48…67 mouth.
    private static func refine(_ landmarks: inout RigLandmarks, with marks: [SIMD2<Double>]) {
        func mean(_ a: Int, _ b: Int) -> SIMD2<Double> { (marks[a] + marks[b]) / 2 }
        landmarks[.leftEyeOuter] = marks[36]
        landmarks[.leftEyeTop] = mean(37, 38)
        landmarks[.leftEyeInner] = marks[39]
        landmarks[.leftEyeBottom] = mean(40, 41)
        landmarks[.rightEyeInner] = marks[42]
        landmarks[.rightEyeTop] = mean(43, 44)
        landmarks[.rightEyeOuter] = marks[45]
        landmarks[.rightEyeBottom] = mean(46, 47)
        landmarks[.leftBrow] = marks[19]
        landmarks[.rightBrow] = marks[24]
        landmarks[.nose] = marks[33]
        landmarks[.mouthLeft] = marks[48]
        landmarks[.mouthRight] = marks[54]
        landmarks[.upperLip] = marks[51]
        landmarks[.lowerLip] = marks[57]
        landmarks[.lipLine] = mean(62, 66)
        landmarks[.chin] = marks[8]
        landmarks[.jawLeft] = marks[4]
        landmarks[.jawRight] = marks[12]
    }
}

extension RigLandmarks {
    /// With every point in the picture: the top of a head may be cut off.
    fileprivate func held(width: Int, height: Int) -> RigLandmarks {
        mapped { $0.clamped(lowerBound: SIMD2(1, 1), upperBound: SIMD2(Double(width) - 1, Double(height) - 1)) }
    }
}
