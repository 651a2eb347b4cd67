/// In which order an avatar's filmed frames are shown, for ever.
public enum ClipLoop: String, Sendable, Codable, CaseIterable {
    /// The first follows the last: for clips that were made to loop.
    case forward
    /// Forward, then backward: a clip of anything loops without a jump.
    ///
    /// Both ends are shown twice, so that n filmed frames make 2n shown ones. That is MuseTalk's order: frame k of a
    /// film is painted on the same filmed frame there and here, and an avatar that was prepared there keeps its
    /// numbers. It also suits the eye: what moves stands still for 40 ms before it turns around.
    case thereAndBack = "there_and_back"

    /// Shown frames until the first is shown again.
    /// - Parameter filmed: filmed frames, 1 or more.
    public func length(ofFilmed filmed: Int) -> Int {
        switch self {
        case .forward: filmed
        // One picture needs no way back.
        case .thereAndBack: filmed == 1 ? 1 : 2 * filmed
        }
    }

    /// The filmed frame that is shown as frame `index`.
    /// - Parameters:
    ///   - index: 0 or more; the clip loops.
    ///   - filmed: filmed frames, 1 or more.
    public func filmedFrame(at index: Int, of filmed: Int) -> Int {
        let position = index % length(ofFilmed: filmed)
        return position < filmed ? position : 2 * filmed - 1 - position
    }
}
