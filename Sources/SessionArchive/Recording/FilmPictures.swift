internal import Avatars
internal import LipSync
internal import Video

/// Makes one stream that can be decoded of the idle clip's frames and those of utterances, as they were sent.
///
/// Only where the idle clip goes on between two of its keyframes there is nothing to take: up to the next of them its
/// pictures are compressed again. An instance belongs to one task at a time: it is not `Sendable`.
final class FilmPictures {
    private enum Last {
        /// Nothing, or something after which no other frame can be decoded.
        case nothing
        /// This frame of the idle clip, as everybody gets it.
        case idle(Int)
        /// This frame of the idle clip, compressed here.
        case bridge(Int)
        /// This frame of an utterance.
        case spoken(Int)
    }

    private let avatar: Avatar
    private var last = Last.nothing
    private var encoder: H264Encoder?

    init(_ avatar: Avatar) {
        self.avatar = avatar
    }

    /// The access unit for a slot; nil to hold what was shown before.
    func frame(for picture: FilmTimeline.Slot.Picture) throws(H264Encoder.Failure) -> EncodedFrame? {
        switch picture {
        case .held: return nil
        case .idle(let index): return try idle(index)
        case .spoken(let frame):
            if case .spoken(let previous) = last, previous == frame.index - 1 {
                last = .spoken(frame.index)
            } else if frame.encoded.isKeyframe {
                last = .spoken(frame.index)
            } else {
                // Somebody began to record in the middle: the mouth stays closed up to the next keyframe.
                return try idle(frame.baseFrame)
            }
            return frame.encoded
        }
    }

    private func idle(_ index: Int) throws(H264Encoder.Failure) -> EncodedFrame {
        let previous = (index + avatar.frameCount - 1) % avatar.frameCount
        let frame = avatar.idle[index]
        if frame.isKeyframe {
            last = .idle(index)
            return frame
        }
        if case .idle(previous) = last {
            last = .idle(index)
            return frame
        }
        var isContinued = false
        if case .bridge(previous) = last { isContinued = true }
        last = .bridge(index)
        if encoder == nil { encoder = try H264Encoder(avatar.encoding) }
        let picture = PixelBuffer(width: avatar.width, height: avatar.height)
        avatar.copyBaseFrame(index, into: picture)
        return try encoder?.encode(picture, forceKeyframe: !isContinued) ?? frame
    }
}
