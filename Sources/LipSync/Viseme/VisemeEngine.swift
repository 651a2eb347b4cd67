public import Avatars
import Video

/// The built-in engine: reads the mouth off the sound and blends an avatar's drawings of it. It needs a fraction
/// of a percent of one core for an utterance, and nothing to download.
public struct VisemeEngine: LipSyncEngine {
    /// `viseme`.
    public let name = "viseme"

    /// There is nothing to prepare.
    public init() {}

    /// Starts an utterance; it never throws.
    public func startUtterance(of avatar: Avatar, atBaseFrame baseFrame: Int) -> sending any UtteranceFaces {
        VisemeFaces(avatar: avatar, firstBaseFrame: baseFrame)
    }
}

/// One utterance of ``VisemeEngine``.
private final class VisemeFaces: UtteranceFaces {
    private let avatar: Avatar
    private let brush: MouthBrush
    private var analyzer = VisemeAnalyzer()
    private var baseFrame: Int

    init(avatar: Avatar, firstBaseFrame: Int) {
        self.avatar = avatar
        brush = avatar.makeBrush()
        baseFrame = firstBaseFrame
    }

    func append(_ speech: [Int16]) { analyzer.append(speech) }

    func finish() { analyzer.finish() }

    func paintNextFrame(into picture: PixelBuffer) async throws -> Bool {
        guard let shape = analyzer.next() else { return false }
        avatar.paint(MouthPose(shape), onBaseFrame: baseFrame, into: picture, using: brush)
        baseFrame += 1
        return true
    }
}

extension MouthPose {
    /// The drawing for a shape. Lips that meet are not open, however low the jaw is, and are pressed only where that
    /// is certain; rounded lips are not wide.
    init(_ shape: MouthShape) {
        self.init(
            aperture: shape.jaw * (1 - shape.closure) - shape.closure * shape.closure,
            spread: shape.width - shape.rounding, teeth: shape.teeth, tongue: shape.tongue)
    }
}
