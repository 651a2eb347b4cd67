import Avatars
import Foundation
import TestSupport

extension RigLandmarks {
    /// Where the parts of any face might be: large or small, of any age, a little askew, leaning.
    ///
    /// Lengths are beside the distance of the eyes' centres: around those of adults, and as far from them as those of
    /// children and of drawn faces.
    static func plausible(using random: inout SeededGenerator) -> RigLandmarks {
        func any(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
        let eye = (half: any(0.2...0.3), above: any(0.06...0.14), below: any(0.03...0.09))
        // A head that is turned shows more of one side.
        let aside = any(-0.12...0.12)
        let (brow, nose) = (any(0.25...0.5), any(0.5...0.85))
        let lips = nose + any(0.24...0.45)
        let (upper, lower) = (any(0.04...0.16), any(0.06...0.2))
        let (mouth, jaw) = (any(0.3...0.52), any(0.75...1.05))
        let smile = any(-0.05...0.05)
        var places: [Point: SIMD2<Double>] = [
            .leftEyeOuter: [-0.5 - eye.half, 0], .leftEyeInner: [-0.5 + eye.half, 0], .leftEyeTop: [-0.5, -eye.above],
            .leftEyeBottom: [-0.5, eye.below], .rightEyeOuter: [0.5 + eye.half, 0],
            .rightEyeInner: [0.5 - eye.half, 0],
            .rightEyeTop: [0.5, -eye.above], .rightEyeBottom: [0.5, eye.below], .leftBrow: [-0.5, -brow],
            .rightBrow: [0.5, -brow], .nose: [aside, nose], .mouthLeft: [aside / 2 - mouth, lips - smile],
            .mouthRight: [aside / 2 + mouth, lips - smile], .upperLip: [aside, lips - upper], .lipLine: [aside, lips],
            .lowerLip: [aside, lips + lower], .chin: [aside / 2, lips + any(0.5...0.85)], .jawLeft: [-jaw, lips],
            .jawRight: [jaw, lips], .headTop: [0, -any(1.4...2.8)],
        ]
        // Nobody's face is even, and nobody clicks exactly.
        for (point, place) in places.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            places[point] = place + SIMD2(any(-0.015...0.015), any(-0.015...0.015))
        }
        let (scale, roll) = (any(40...400), any(-0.6...0.6))
        let (sine, cosine) = (sin(roll) * scale, cos(roll) * scale)
        let center = SIMD2(4 * scale, 5 * scale)
        return RigLandmarks(places).mapped { place in
            center + SIMD2(cosine * place.x - sine * place.y, sine * place.x + cosine * place.y)
        }
    }
}
