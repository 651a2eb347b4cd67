internal import Avatars
internal import LipSync
internal import Video

/// Makes one stream that can be decoded of an avatar's clips and the frames of utterances, as they were sent.
///
/// What can be taken as it is is. Only where a clip goes on between two of its keyframes, or one picture fades into
/// another, there is nothing to take: up to the next keyframe the pictures are compressed again. So each frame is decoded
/// here, too. An instance belongs to one task at a time: it is not `Sendable`.
final class FilmPictures {
    /// What the film's frames are, at its end.
    private enum Chain {
        /// There are none, so that only a keyframe can follow.
        case nothing
        /// Those that are decoded here.
        case taken
        /// Our own.
        case compressed
    }

    private let settings: H264Settings
    private let idle: [EncodedFrame]
    private let poses: [AvatarPose: [EncodedFrame]]
    private let decoder: H264Decoder
    private var encoder: H264Encoder?
    private var chain = Chain.nothing

    /// What was decoded last.
    private var last: FilmTimeline.Slot.Picture?
    /// Its picture.
    private let decoded: PixelBuffer
    /// What was seen last: that, or a mixture.
    private let seen: PixelBuffer
    /// What a fade begins with.
    private let before: PixelBuffer

    init(_ avatar: Avatar, poses: [AvatarPose: [EncodedFrame]]) throws(H264Decoder.Failure) {
        settings = avatar.encoding
        idle = avatar.idle
        self.poses = poses
        decoder = try H264Decoder(width: avatar.width, height: avatar.height)
        decoded = PixelBuffer(width: avatar.width, height: avatar.height)
        seen = PixelBuffer(width: avatar.width, height: avatar.height)
        before = PixelBuffer(width: avatar.width, height: avatar.height)
    }

    /// The access unit for a slot; nil to hold what was shown before.
    func frame(for slot: FilmTimeline.Slot) throws -> EncodedFrame? {
        let units = units(for: slot.picture)
        for unit in units { try decoder.decode(unit, into: decoded) }
        if let fade = slot.fade {
            if fade.age == 0 { before.copy(from: seen) }
            seen.copy(from: decoded)
            seen.mix(256 - fade.share, of: before)
            return try compress()
        }
        guard let unit = units.last else { return nil }
        seen.copy(from: decoded)
        guard unit.isKeyframe || units.count == 1 && chain == .taken else { return try compress() }
        chain = .taken
        return unit
    }

    /// Forgets what was given: the film begins only now.
    func begin() { chain = .nothing }

    private func compress() throws(H264Encoder.Failure) -> EncodedFrame? {
        if encoder == nil { encoder = try H264Encoder(settings) }
        defer { chain = .compressed }
        return try encoder?.encode(seen, forceKeyframe: chain != .compressed)
    }

    /// What has to be decoded after the last picture to see this one.
    private func units(for picture: FilmTimeline.Slot.Picture) -> ArraySlice<EncodedFrame> {
        switch picture {
        case .held:
            return []
        case .idle(let index):
            defer { last = picture }
            return units(of: idle, to: index, goesOn: last == .idle(index - 1))
        case .pose(let pose, let index):
            guard let clip = poses[pose] else { return [] }
            defer { last = picture }
            return units(of: clip, to: index, goesOn: last == .pose(pose, index - 1))
        case .spoken(let frame):
            if case .spoken(let previous) = last, previous.index == frame.index - 1 {
            } else if !frame.encoded.isKeyframe {
                // One before it came too late: the mouth stays closed up to the next keyframe.
                return units(for: .idle(frame.baseFrame))
            }
            last = picture
            return [frame.encoded]
        }
    }

    private func units(of clip: [EncodedFrame], to index: Int, goesOn: Bool) -> ArraySlice<EncodedFrame> {
        if goesOn { return clip[index...index] }
        let keyframe = clip[...index].lastIndex(where: \.isKeyframe) ?? index
        return clip[keyframe...index]
    }
}
