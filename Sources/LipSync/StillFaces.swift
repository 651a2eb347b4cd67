import Avatars
import Video

/// An utterance in which the avatar moves as it does while it is silent: what every frame costs, whatever the engine.
final class StillFaces: UtteranceFaces {
    private let avatar: Avatar
    private var samples = 0
    private var frame = 0

    init(of avatar: Avatar) { self.avatar = avatar }

    func append(_ speech: [Int16]) { samples += speech.count }

    func finish() {}

    func prepareNextFrame(within slack: Duration?) -> Bool { frame < FrameTiming.frameCount(ofSamples: samples) }

    func paintNextFrame(into picture: PixelBuffer) {
        avatar.copyBaseFrame(frame % avatar.frameCount, into: picture)
        skipNextFrame()
    }

    func skipNextFrame() { frame += 1 }
}
