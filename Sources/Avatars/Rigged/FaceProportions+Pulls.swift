import Foundation

/// How the controls of a rig move a face.
///
/// Each is a direction times a weight that is smooth and ends somewhere, as skin does that is held by the bone beside it.
/// How far each goes was set by eye, on the sheets of docs/lip-sync.md.
extension FaceProportions {
    /// Where `control` at 1 moves a place, in pixels.
    /// - Parameter row: of the mesh: lids and lips know no other place by its coordinates alone.
    func pull(of control: RigControl, at place: SIMD2<Double>, in row: RigRow) -> SIMD2<Double> {
        let across = across(place.x)
        // Below the lips: positive.
        let depth = place.y - lipLine(at: place.x)
        let isBelow = row.isBelowLips
        switch control {
        case .part:
            // The corners go half of the way, so that what opens is round and not the letter D.
            let corners = 0.24 * atCorners(across) * bump(depth / (1.1 * lipsToChin))
            return SIMD2(0, mouthHalf * (corners + (isBelow ? 0.88 * opening(across, depth) : 0)))
        case .lift:
            let fades = 1 - smooth(0.8 * upperLipHeight, 0.95 * lipsToNose, -depth)
            return SIMD2(0, isBelow ? 0 : -mouthHalf * arch(across) * fades)
        case .drop: return isBelow ? jaw(place, depth) : cheeks(place, depth)
        case .spread:
            let held = bump(depth / (1.15 * lipsToChin))
            return SIMD2(0.20 * mouthHalf * along(across), -0.05 * mouthHalf * atCorners(across)) * held
        case .pucker:
            let narrows = -0.34 * mouthHalf * along(across) * bump(depth / (1.05 * lipsToChin))
            return SIMD2(narrows, 0) + thickness(across, depth, isBelow, upper: -0.16, lower: 0.14)
        case .press: return thickness(across, depth, isBelow, upper: 0.34, lower: -0.30)
        case .tuck: return isBelow ? thickness(across, depth, isBelow, upper: 0, lower: -0.55) : .zero
        case .nod: return SIMD2(0, 0.085 * jawHalf * withHead(place) * (1 + 0.35 * relief(place)))
        case .turn: return SIMD2(0.085 * jawHalf * withHead(place) * (0.7 + 0.6 * relief(place)), 0)
        case .tilt:
            let arm = place - SIMD2(middle, chin + 0.5 * lipsToChin)
            return SIMD2(-arm.y, arm.x) * (0.05 * withHead(place))
        case .brows: return SIMD2(0, brows(place, row))
        case .lids: return SIMD2(0, lids(place.x, row))
        }
    }

    // MARK: Mouth

    /// How far apart the lips are in a column.
    private func arch(_ across: Double) -> Double { pow(max(0, 1 - across * across), 0.65) }

    /// How far below the lower lip goes along with it: all of the lip, but not the chin.
    private func opening(_ across: Double, _ depth: Double) -> Double {
        let down = smooth(0, lipsToChin, depth)
        let wider = across / (1 + 0.6 * down)
        return pow(max(0, 1 - wider * wider), 0.65 + 0.6 * down)
            * (1 - smooth(0.35 * lipsToChin, 1.0 * lipsToChin, depth))
    }

    /// The chin goes down as a whole, less towards the ears, where the jaw hinges; the neck gives way.
    private func jaw(_ place: SIMD2<Double>, _ depth: Double) -> SIMD2<Double> {
        let aside = abs(place.x - middle) / jawHalf
        let hinge = 1 - 0.75 * smooth(0.45, 1.2, aside)
        let neck = 1 - smooth(0.15, 0.7, (place.y - chin) / (region.bottom - chin))
        let down = smooth(0, 0.8 * lipsToChin, depth) * hinge * neck * (1 - smooth(1, 1.3, aside))
        return SIMD2(0, 0.45 * lipsToChin * down) + cheeks(place, depth)
    }

    /// An open mouth draws the cheeks in.
    private func cheeks(_ place: SIMD2<Double>, _ depth: Double) -> SIMD2<Double> {
        let aside = (place.x - middle) / jawHalf
        let held = smooth(0.4, 0.9, abs(aside)) * (1 - smooth(1, 1.3, abs(aside)))
        return SIMD2(-0.04 * jawHalf * (aside < 0 ? -1 : 1) * held * bump(depth / (1.4 * lipsToChin)), 0)
    }

    /// What is pulled along with the corners of the mouth, sideways: nothing in the middle, the cheeks a little.
    private func along(_ across: Double) -> Double {
        abs(across) <= 1 ? across : (across < 0 ? -1 : 1) * (1 - smooth(1, 2.4, abs(across)))
    }

    private func atCorners(_ across: Double) -> Double { bump((abs(across) - 1) / 1.1) }

    /// Lips become thicker or thinner: their outer edges move, by a share of their height, and the skin behind them.
    private func thickness(
        _ across: Double, _ depth: Double, _ isBelow: Bool, upper: Double, lower: Double
    ) -> SIMD2<Double> {
        let full = pow(max(0, 1 - across * across * 0.8), 1.2) * (abs(across) < 1.1 ? 1 : 0)
        guard isBelow else {
            // Growing from the line between the lips to the edge, and gone below the nose.
            let edge = smooth(0, upperLipHeight, -depth) * (1 - smooth(upperLipHeight, lipsToNose, -depth))
            return SIMD2(0, upper * upperLipHeight * edge * full)
        }
        let edge = smooth(0, lowerLipHeight, depth) * (1 - smooth(lowerLipHeight, 0.8 * lipsToChin, depth))
        return SIMD2(0, lower * lowerLipHeight * edge * full)
    }

    // MARK: Head

    /// 1 for the head, 0 at the edges of the region.
    private func withHead(_ place: SIMD2<Double>) -> Double {
        let aside = abs(place.x - middle) / jawHalf
        let above = (headTop - place.y) / (headTop - region.top)
        let below = (place.y - chin) / (region.bottom - chin)
        return (1 - smooth(1.2, 1.9, aside)) * (1 - smooth(0.1, 1, above)) * (1 - smooth(0, 1, below))
    }

    /// How far a place stands out of the face towards the viewer, 1 at the nose: what moves most when the head turns.
    private func relief(_ place: SIMD2<Double>) -> Double {
        let x = (place.x - middle) / (1.15 * jawHalf)
        let y = (place.y - nose) / (1.3 * (chin - nose))
        return bump((x * x + y * y).squareRoot())
    }

    private func brows(_ place: SIMD2<Double>, _ row: RigRow) -> Double {
        let share: Double =
            switch row {
            case .hairline: 0.12
            case .forehead: 0.35
            case .aboveBrow: 0.85
            case .brow: 1
            case .crease: 0.45
            default: 0
            }
        let reach = leftEye.last.x - leftEye.first.x
        let near = max(bump((place.x - leftBrow.x) / (1.3 * reach)), bump((place.x - rightBrow.x) / (1.3 * reach)))
        let space = (leftEye.top + rightEye.top - leftBrow.y - rightBrow.y) / 2
        return -0.35 * space * share * near
    }

    /// The upper lid comes down over all of the eye, and takes the skin above it along.
    private func lids(_ x: Double, _ row: RigRow) -> Double {
        let gap = lowerLid(at: x) - upperLid(at: x)
        return switch row {
        case .crease: 0.4 * gap
        case .upperLid: gap
        default: 0
        }
    }

    // MARK: Shapes

    /// 0 up to `low`, 1 from `high` on, smooth between.
    private func smooth(_ low: Double, _ high: Double, _ value: Double) -> Double {
        let share = min(max((value - low) / (high - low), 0), 1)
        return share * share * (3 - 2 * share)
    }

    /// 1 at 0, 0 from −1 and 1 on, smooth between.
    private func bump(_ value: Double) -> Double {
        let rest = max(0, 1 - value * value)
        return rest * rest
    }
}
