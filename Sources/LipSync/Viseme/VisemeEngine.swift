public import Avatars
import Video

/// The built-in engine: reads the mouth off the sound and blends an avatar's drawings of it. It needs a fraction
/// of a percent of one core for an utterance, and nothing to download.
public struct VisemeEngine: LipSyncEngine {
    /// `viseme`.
    public let name = "viseme"

    /// There is nothing to prepare.
    public init() {}

    /// Starts an utterance.
    /// - Throws: `AvatarError.wrongFace` for an avatar without drawings of a mouth.
    public func startUtterance(
        of avatar: Avatar, atBaseFrame baseFrame: Int
    ) throws(AvatarError) -> sending any UtteranceFaces {
        VisemeFaces(avatar: avatar, face: try avatar.drawnFace(for: name), firstBaseFrame: baseFrame)
    }
}

/// One utterance of ``VisemeEngine``.
private final class VisemeFaces: UtteranceFaces {
    private let avatar: Avatar
    private let face: DrawnFace
    private let brush: MouthBrush
    private var analyzer = VisemeAnalyzer()
    private var baseFrame: Int
    /// The mouth of the next frame, as soon as it has been heard.
    private var shape: MouthShape?

    init(avatar: Avatar, face: DrawnFace, firstBaseFrame: Int) {
        self.avatar = avatar
        self.face = face
        brush = face.makeBrush()
        baseFrame = firstBaseFrame
    }

    func append(_ speech: [Int16]) { analyzer.append(speech) }

    func finish() { analyzer.finish() }

    func prepareNextFrame(within slack: Duration?) -> Bool {
        shape = shape ?? analyzer.next()
        return shape != nil
    }

    func paintNextFrame(into picture: PixelBuffer) {
        guard let shape else { return }
        avatar.copyBaseFrame(baseFrame, into: picture)
        face.paint(MouthPose(shape), onto: picture, atBaseFrame: baseFrame, using: brush)
        skipNextFrame()
    }

    func skipNextFrame() {
        shape = nil
        baseFrame += 1
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
