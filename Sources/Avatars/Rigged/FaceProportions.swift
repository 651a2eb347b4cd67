import Foundation

/// The measures of an upright face, and the lines along which its rig is cut. All in pixels; x runs right, y down.
struct FaceProportions {
    /// A line between two corners that bends up or down in the middle.
    struct Corners {
        var first: SIMD2<Double>
        var last: SIMD2<Double>
        var top: Double
        var bottom: Double

        /// A little wider than what it is drawn around, so that nothing of that is left outside.
        init(around first: SIMD2<Double>, _ last: SIMD2<Double>, top: Double, bottom: Double) {
            let margin = (last - first) * 0.05
            self.first = first - margin
            self.last = last + margin
            self.top = top
            self.bottom = bottom
        }

        /// Where the line between the corners is, and how far x is from both: 0 at a corner and beyond, 1 in the middle.
        func line(at x: Double) -> (y: Double, bend: Double) {
            let share = min(max((x - first.x) / (last.x - first.x), 0), 1)
            // As round as lids are: steep at the corners, flat in the middle.
            return (first.y + (last.y - first.y) * share, pow(4 * share * (1 - share), 0.42))
        }
    }

    /// Left and right corner of the mouth, and where the lips meet below the nose.
    let mouth: (left: SIMD2<Double>, center: SIMD2<Double>, right: SIMD2<Double>)
    /// Half the width of the mouth.
    let mouthHalf: Double
    /// From the lips up to the nose, and down to the chin.
    let lipsToNose: Double
    let lipsToChin: Double
    /// Height of each lip in the middle.
    let upperLipHeight: Double
    let lowerLipHeight: Double
    /// Half the width of the face as high as the mouth, and its middle.
    let jawHalf: Double
    let middle: Double
    let leftEye: Corners
    let rightEye: Corners
    let leftBrow: SIMD2<Double>
    let rightBrow: SIMD2<Double>
    let nose: Double
    let chin: Double
    let headTop: Double
    /// The part of the picture that moves; at its edges nothing does.
    let region: (left: Double, right: Double, top: Double, bottom: Double)

    private let lipCurve: [SIMD2<Double>]

    init(_ face: RigLandmarks) {
        mouth = (face[.mouthLeft], face[.lipLine], face[.mouthRight])
        mouthHalf = (mouth.right.x - mouth.left.x) / 2
        nose = face[.nose].y
        chin = face[.chin].y
        headTop = face[.headTop].y
        lipsToNose = mouth.center.y - nose
        lipsToChin = chin - mouth.center.y
        upperLipHeight = mouth.center.y - face[.upperLip].y
        lowerLipHeight = face[.lowerLip].y - mouth.center.y
        let jaw = (face[.jawLeft].x, face[.jawRight].x)
        jawHalf = (jaw.1 - jaw.0) / 2
        middle = (jaw.0 + jaw.1) / 2
        leftEye = Corners(
            around: face[.leftEyeOuter], face[.leftEyeInner], top: face[.leftEyeTop].y, bottom: face[.leftEyeBottom].y)
        rightEye = Corners(
            around: face[.rightEyeInner], face[.rightEyeOuter], top: face[.rightEyeTop].y,
            bottom: face[.rightEyeBottom].y)
        leftBrow = face[.leftBrow]
        rightBrow = face[.rightBrow]
        region = (
            middle - 1.9 * jawHalf, middle + 1.9 * jawHalf, headTop - 0.5 * jawHalf,
            chin + 1.6 * (chin - mouth.center.y)
        )
        let curve = face.lipCurve.filter { $0.x > face[.mouthLeft].x && $0.x < face[.mouthRight].x }
        lipCurve = [mouth.left] + (curve.isEmpty ? [mouth.center] : curve.sorted { $0.x < $1.x }) + [mouth.right]
    }

    // MARK: Lines

    /// Where the lips meet; beyond the corners as high as those.
    func lipLine(at x: Double) -> Double {
        guard x > mouth.left.x else { return mouth.left.y }
        guard let next = lipCurve.firstIndex(where: { $0.x >= x }), next > 0 else { return mouth.right.y }
        // A curve of one point is an arc, not a roof.
        if lipCurve.count == 3 {
            let isLeft = x < mouth.center.x
            let corner = isLeft ? mouth.left : mouth.right
            let share = (x - mouth.center.x) / (corner.x - mouth.center.x)
            return mouth.center.y + (corner.y - mouth.center.y) * share * share
        }
        let (a, b) = (lipCurve[next - 1], lipCurve[next])
        return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
    }

    /// How far into the mouth a column is: −1 and 1 at its corners, 0 in the middle.
    func across(_ x: Double) -> Double {
        x < mouth.center.x
            ? (x - mouth.center.x) / (mouth.center.x - mouth.left.x)
            : (x - mouth.center.x) / (mouth.right.x - mouth.center.x)
    }

    /// How much of a lip there is in a column: 1 in the middle, next to nothing at the corners and beyond.
    private func fullness(_ x: Double) -> Double { max(0.12, pow(max(0, 1 - across(x) * across(x)), 0.7)) }

    /// The upper edge of the upper lip.
    func upperLip(at x: Double) -> Double { lipLine(at: x) - upperLipHeight * fullness(x) }
    /// The lower edge of the lower lip.
    func lowerLip(at x: Double) -> Double { lipLine(at: x) + lowerLipHeight * fullness(x) }
    /// The edge of the upper lids, with the lashes above it. From eye to eye and beyond as high as their corners.
    func upperLid(at x: Double) -> Double { eyeLine(at: x) { $0.top - 0.03 * ($0.bottom - $0.top) } }
    /// The edge of the lower lids, a little below the eyes, so that all of the eye is covered when they close.
    func lowerLid(at x: Double) -> Double { eyeLine(at: x) { $0.bottom + 0.12 * ($0.bottom - $0.top) } }

    private func eyeLine(at x: Double, _ extreme: (Corners) -> Double) -> Double {
        if x > leftEye.last.x && x < rightEye.first.x {
            let share = (x - leftEye.last.x) / (rightEye.first.x - leftEye.last.x)
            return leftEye.last.y + (rightEye.first.y - leftEye.last.y) * share
        }
        let eye = x <= leftEye.last.x ? leftEye : rightEye
        let (line, bend) = eye.line(at: x)
        let middle = (eye.first.y + eye.last.y) / 2
        return line + (extreme(eye) - middle) * bend
    }

    /// Through the middles of both brows, and as high beyond; always above the lids.
    func browLine(at x: Double) -> Double {
        let share = min(max((x - leftBrow.x) / (rightBrow.x - leftBrow.x), 0), 1)
        return min(leftBrow.y + (rightBrow.y - leftBrow.y) * share, upperLid(at: x) - 2)
    }
}
