public import Avatars

/// What clients are told about an avatar: in `session.created` and at `/v1/avatars`.
public struct AvatarDescription: Sendable, Equatable, Encodable {
    /// The name by which it is chosen, e.g. `mira`.
    public var id: String
    /// The name that people see.
    public var name: String
    /// Width of every frame in pixels.
    public var width: Int
    /// Height of every frame in pixels.
    public var height: Int
    /// Frames a second.
    public var fps: Int
    /// Frames in the idle clip; at least 1.
    public var frames: Int
    /// The codec string by which a browser's decoder is configured (RFC 6381), e.g. `avc1.42C01F`.
    public var codec: String

    /// Where the idle clip is served.
    public var idleURL: String { "/v1/avatars/\(id)/idle" }
    /// Where its first frame is served as a picture.
    public var posterURL: String { "/v1/avatars/\(id)/poster" }
    /// Clips of the avatar that are shown in place of the idle clip while somebody speaks to it, and while it thinks.
    public var poses: [AvatarPose]

    /// Puts the parts together.
    public init(
        id: String, name: String, width: Int, height: Int, fps: Int, frames: Int, codec: String,
        poses: [AvatarPose] = []
    ) {
        self.id = id
        self.name = name
        self.width = width
        self.height = height
        self.fps = fps
        self.frames = frames
        self.codec = codec
        self.poses = poses
    }

    /// Describes an avatar, loaded or not.
    public init(_ avatar: AvatarPreview) {
        self.init(
            id: avatar.id, name: avatar.name, width: avatar.width, height: avatar.height, fps: avatar.fps,
            frames: avatar.frameCount, codec: avatar.codec, poses: avatar.poses)
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, width, height, fps, frames, codec
        case idleURL = "idle_url"
        case posterURL = "poster_url"
        case listeningURL = "listening_url"
        case thinkingURL = "thinking_url"
    }

    /// Where the clip of a pose is served; nil if the avatar does not have it.
    public func url(of pose: AvatarPose) -> String? {
        poses.contains(pose) ? "/v1/avatars/\(id)/\(pose.rawValue)" : nil
    }

    /// Writes the fields and the addresses.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(width, forKey: .width)
        try container.encode(height, forKey: .height)
        try container.encode(fps, forKey: .fps)
        try container.encode(frames, forKey: .frames)
        try container.encode(codec, forKey: .codec)
        try container.encode(idleURL, forKey: .idleURL)
        try container.encode(posterURL, forKey: .posterURL)
        try container.encodeIfPresent(url(of: .listening), forKey: .listeningURL)
        try container.encodeIfPresent(url(of: .thinking), forKey: .thinkingURL)
    }
}
