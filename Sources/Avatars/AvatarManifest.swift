import Foundation

/// What every bundle's `avatar.json` says, whatever its face is made of.
struct AvatarManifest: Codable, Sendable {
    /// 2 for a filmed face (``FilmedManifest``), 3 for a rigged one (``RiggedManifest``).
    @WholeNumber var format: Int
    var id: String
    var name: String
    @WholeNumber var width: Int
    @WholeNumber var height: Int
    @WholeNumber var fps: Int
    /// Frames of the clip, as many as are in its file.
    @WholeNumber var frames: Int
    /// Other clips that it may have, by the names of ``AvatarPose``.
    var poses: [String: Pose]?

    /// A clip of the avatar's size and rate, on which nothing is painted.
    struct Pose: Codable, Sendable {
        var clip: String
        @WholeNumber var frames: Int
    }

    /// What the face is made of.
    var kind: Avatar.Kind { format == 2 ? .filmed : .rigged }
    /// Those of its poses that are clips in the bundle.
    var filmedPoses: [AvatarPose] { AvatarPose.allCases.filter { poses?[$0.rawValue] != nil } }

    /// The most frames that a clip may have: ten minutes.
    static let mostFrames = 15_000

    /// Reads and checks the manifest in `folder`.
    init(in folder: URL) throws(AvatarError) {
        self = try ManifestFile(in: folder).decode(Self.self)
    }

    /// Puts the parts together.
    init(format: Int, id: String, name: String, width: Int, height: Int, frames: Int) {
        self.format = format
        self.id = id
        self.name = name
        self.width = width
        self.height = height
        fps = 25
        self.frames = frames
    }
}

extension AvatarManifest: CheckedManifest {
    func check(_ field: FieldCheck) throws(AvatarError) {
        try field.expect(
            (2...3).contains(format), "format", format,
            "2 (a filmed face) or 3 (a rigged one); what earlier versions made has to be made anew")
        try field.expect(Self.isID(id), "id", "\"\(id)\"", "letters, digits, - and _")
        try field.expectSize(width, "width", within: 16...4096)
        try field.expectSize(height, "height", within: 16...4096)
        // Utterances are cut into frames of 960 samples.
        try field.expect(fps == 25, "fps", fps, "25")
        try field.expect((1...Self.mostFrames).contains(frames), "frames", frames, "1…\(Self.mostFrames)")
        for (name, pose) in poses ?? [:] {
            let known = AvatarPose.allCases.map(\.rawValue)
            try field.expect(known.contains(name), "poses", "\"\(name)\"", "one of \(known.joined(separator: ", "))")
            try field.expectFileName(pose.clip, "poses.\(name).clip")
            // They are decoded as a whole before they are compressed.
            try field.expect((1...750).contains(pose.frames), "poses.\(name).frames", pose.frames, "1…750")
        }
    }

    /// True for what can be a bundle's id, and its folder's name: letters, digits, - and _.
    static func isID(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.count <= 64 && id.utf8.allSatisfy { idCharacters.contains($0) }
    }

    private static let idCharacters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)
}
