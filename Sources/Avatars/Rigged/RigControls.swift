/// What pulls at a rig's mesh: each control moves every corner of it along a line of its own, so that a pose is a sum.
enum RigControl: Int, CaseIterable {
    /// The lower lip leaves the upper one: 1 as far as it goes.
    case part
    /// The jaw is lowered.
    case drop
    /// The upper lip is raised.
    case lift
    /// The corners of the mouth are pulled apart.
    case spread
    /// The lips are rounded and pushed forward.
    case pucker
    /// The lips are pressed together.
    case press
    /// The lower lip is drawn in below the upper teeth.
    case tuck
    /// See ``HeadPose``.
    case brows
    case lids
    case nod
    case turn
    case tilt

    /// Numbers of those that move parts of the face.
    static let ofFace = 0..<RigControl.nod.rawValue
    /// Numbers of those that move the head as a whole.
    static let ofHead = RigControl.nod.rawValue..<RigControl.allCases.count
}

/// How much each control pulls.
struct RigControls: Equatable {
    /// By number of ``RigControl``; the rest is 0.
    private(set) var values = SIMD16<Float>.zero
    /// How far the tongue is raised, which pulls at nothing: 0…1.
    let tongue: Float

    subscript(control: RigControl) -> Float {
        get { values[control.rawValue] }
        set { values[control.rawValue] = newValue }
    }

    /// True if nothing moves.
    var areAtRest: Bool { values == .zero }
    /// True if the head as a whole is where it was.
    var keepHead: Bool { self[.nod] == 0 && self[.turn] == 0 && self[.tilt] == 0 }
    /// True if the lips are apart, so that what is behind them may be seen.
    var showInside: Bool { self[.part] > 0 || self[.lift] > 0 }

    /// What makes a pose. Each part is taken to its range; what is no number is at rest.
    init(_ pose: FacePose) {
        let mouth = MouthShape(parts: pose.mouth.parts.held(to: 0...1))
        tongue = mouth.tongue
        let isApart = 1 - mouth.closure
        // Teeth on the lip hold it.
        self[.part] = (0.95 * mouth.jaw + 0.16 * mouth.lowerLip) * isApart * (1 - 0.85 * mouth.bite)
        self[.drop] = 0.9 * mouth.jaw + 0.1 * self[.part]
        self[.lift] = (0.20 * mouth.upperLip + 0.05 * mouth.jaw) * isApart * (1 - 0.5 * mouth.bite) + 0.12 * mouth.bite
        // Rounded lips are not wide.
        self[.spread] = mouth.width * (1 - mouth.rounding)
        // A jaw that opens draws the corners in.
        self[.pucker] = mouth.rounding + 0.26 * mouth.jaw * isApart * (1 - mouth.rounding) * (1 - 0.6 * mouth.width)
        // Lips that merely meet are at rest; pressed they are where that is certain.
        self[.press] = mouth.closure * mouth.closure
        self[.tuck] = mouth.bite
        let head = SIMD8(pose.head.nod, pose.head.turn, pose.head.tilt, pose.head.brows, pose.head.lids, 0, 0, 0)
            .held(to: -1...1)
        (self[.nod], self[.turn], self[.tilt], self[.brows]) = (head[0], head[1], head[2], head[3])
        self[.lids] = max(0, head[4])
    }
}

extension SIMD8<Float> {
    /// Each taken to the range; what is no number is 0.
    fileprivate func held(to range: ClosedRange<Float>) -> SIMD8<Float> {
        replacing(with: 0, where: self .!= self).clamped(
            lowerBound: SIMD8(repeating: range.lowerBound), upperBound: SIMD8(repeating: range.upperBound))
    }
}
