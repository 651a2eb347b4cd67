/// How a mouth leaves the idle clip at the beginning of an utterance, and comes back to it in the end.
enum UtteranceSeams {
    /// What is shown of the mouth, 0…1, in a frame of an utterance.
    /// - Parameter framesLeft: frames that follow it; nil as long as that is not known.
    static func presence(frame: Int, framesLeft: Int?) -> Float { min(opening(frame), closing(framesLeft)) }

    /// Speech that begins with its first sample finds the mouth of the idle clip, and opens it over two frames.
    private static func opening(_ frame: Int) -> Float {
        switch frame {
        case 0: 0.3
        case 1: 0.75
        default: 1
        }
    }

    /// The idle clip follows the last frame.
    private static func closing(_ framesLeft: Int?) -> Float {
        switch framesLeft {
        case 0: 0
        case 1: 0.45
        default: 1
        }
    }
}
