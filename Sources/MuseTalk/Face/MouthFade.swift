/// How much of the generated mouth shows at the edges of an utterance, so that the film before and after joins without
/// a jump: the person's own mouth turns into the generated one over two frames, and back.
enum MouthFade {
    /// Frames at each edge that show less than all.
    static let frames = 2

    /// What shows of each of them, in 1/256, counted from the film: points of a smooth step.
    private static let steps = [66, 190]

    /// What shows of a frame in 1/256.
    /// - Parameters:
    ///   - index: its number in the utterance.
    ///   - framesAfter: frames that follow it; nil if nobody knows yet, but ``frames`` at least.
    static func opacity(ofFrame index: Int, framesAfter: Int?) -> Int {
        let distance = min(index, framesAfter ?? index)
        return distance < steps.count ? steps[distance] : 256
    }
}
