/// A row of a rig's mesh, from the top to the bottom.
enum RigRow: Int, CaseIterable {
    case top, head, hairline, forehead, aboveBrow, brow, crease, upperLid, lowerLid, underEye, cheek, nose, philtrum
    case upperLip, upperLipMiddle, upperSeam
    case lowerSeam, lowerLipMiddle, lowerLip, underLip, aboveChin, chin, underChin, neck, collar, bottom

    /// True for what goes with the jaw.
    var isBelowLips: Bool { rawValue >= RigRow.lowerSeam.rawValue }

    /// Where it runs.
    /// - Parameter x: in pixels of the upright face.
    func y(at x: Double, _ face: FaceProportions) -> Double {
        let lips = face.lipLine(at: x)
        func between(_ a: Double, _ b: Double, _ share: Double) -> Double { a + (b - a) * share }
        let brow = face.browLine(at: x)
        let lid = face.upperLid(at: x)
        let lowerLid = face.lowerLid(at: x)
        return switch self {
        case .top: face.region.top
        case .head: face.headTop
        case .hairline: between(face.headTop, brow, 0.35)
        case .forehead: between(face.headTop, brow, 0.65)
        case .aboveBrow: between(face.headTop, brow, 0.88)
        case .brow: brow
        case .crease: between(lid, brow, 0.4)
        case .upperLid: lid
        case .lowerLid: lowerLid
        case .underEye: between(lowerLid, face.nose, 0.25)
        case .cheek: between(lowerLid, face.nose, 0.65)
        case .nose: face.nose
        case .philtrum: between(face.nose, face.upperLip(at: x), 0.55)
        case .upperLip: face.upperLip(at: x)
        case .upperLipMiddle: between(face.upperLip(at: x), lips, 0.55)
        case .upperSeam, .lowerSeam: lips
        case .lowerLipMiddle: between(lips, face.lowerLip(at: x), 0.45)
        case .lowerLip: face.lowerLip(at: x)
        case .underLip: between(face.lowerLip(at: x), face.chin, 0.3)
        case .aboveChin: between(face.lowerLip(at: x), face.chin, 0.65)
        case .chin: face.chin
        case .underChin: between(face.chin, face.region.bottom, 0.18)
        case .neck: between(face.chin, face.region.bottom, 0.42)
        case .collar: between(face.chin, face.region.bottom, 0.7)
        case .bottom: face.region.bottom
        }
    }
}
