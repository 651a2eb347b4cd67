import Avatars
import LipSync
import Realtime
import Video

/// The avatar of a conversation, filmed by `LipSync`.
struct LivePerformer: Performing {
    let avatar: AvatarDescription
    private let performer: Performer

    init(_ performer: Performer) {
        let avatar = performer.avatar
        self.performer = performer
        self.avatar = AvatarDescription(
            id: avatar.id, name: avatar.name, width: avatar.width, height: avatar.height, fps: avatar.fps,
            frames: avatar.frameCount, codec: avatar.codec)
    }

    func startUtterance(atBaseFrame baseFrame: Int) throws -> any PerformedUtterance {
        LiveUtterance(video: try performer.startUtterance(atBaseFrame: baseFrame))
    }
}

/// One utterance of a ``LivePerformer``.
private struct LiveUtterance: PerformedUtterance {
    let video: UtteranceVideo

    func append(_ speech: [Int16]) async { await video.append(speech) }

    func finish() async { await video.finish() }

    func nextFrame() async throws -> PerformedFrame? {
        try await video.nextFrame().map { frame in
            PerformedFrame(
                index: frame.index, baseFrame: frame.baseFrame, isKeyframe: frame.encoded.isKeyframe,
                data: frame.encoded.data)
        }
    }

    func requestKeyframe() async { await video.requestKeyframe() }
}
