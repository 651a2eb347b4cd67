import Avatars

/// What a viewer reads off a mouth, of which several parts tell.
extension MouthShape {
    /// How far the teeth show while the jaw is nearly closed: 0 as the jaw has it … 1 as in "s" and "f".
    var teeth: Float {
        let bared = min(max((upperLip + lowerLip - 0.5) * 2, 0), 1) * (1 - jaw)
        return max(bared, 0.85 * bite)
    }

    /// How far the lips are apart; negative when they are pressed together.
    var aperture: Float { jaw * (1 - closure) - closure * closure }
}
