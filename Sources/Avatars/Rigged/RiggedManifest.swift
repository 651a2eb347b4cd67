import Foundation
import Video

/// What the `avatar.json` of a bundle with a rigged face says, checked field by field.
struct RiggedManifest: Codable, Sendable {
    /// What is seen between the lips: `inside-*.png` in the bundle.
    struct Inside: Codable, Sendable {
        /// Pixels of the pictures for half the width of the mouth.
        var unit: Double
        /// The point of the pictures that lies on the middle of the lips.
        var anchor: [Double]
    }

    /// A clip in which the face moves by itself.
    struct Clip: Codable, Sendable {
        /// A film of the avatar's size and rate, with the mouth closed.
        var file: String
        var loop: ClipLoop
        /// For each of its frames where the middle of the lips is, how large the face is beside the landmarks, and how far
        /// it leans: `[x, y, scale, radians]`.
        var anchors: [[Double]]
        /// For each frame how closed the eyes are, 0…1; empty where they are open.
        var lids: [Float]
    }

    var header: AvatarManifest
    /// A single picture, instead of a clip.
    var picture: String?
    var clip: Clip?
    /// In the picture; for a clip in pixels of a face that is upright and as large as where an anchor's scale is 1.
    var landmarks: RigLandmarks
    /// Nil for what comes with Visavis.
    var inside: Inside?

    /// Frames until the first is shown again.
    var shownFrames: Int { clip.map { $0.loop.length(ofFilmed: header.frames) } ?? IdleMotion.idle.count }
    /// What it can do beside being idle: over a single picture everything.
    var poses: [AvatarPose] { clip == nil ? AvatarPose.allCases : header.filmedPoses }

    enum CodingKeys: String, CodingKey {
        case picture, clip, landmarks, inside
    }

    init(from decoder: any Decoder) throws {
        header = try AvatarManifest(from: decoder)
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        picture = try fields.decodeIfPresent(String.self, forKey: .picture)
        clip = try fields.decodeIfPresent(Clip.self, forKey: .clip)
        landmarks = try fields.decode(RigLandmarks.self, forKey: .landmarks)
        inside = try fields.decodeIfPresent(Inside.self, forKey: .inside)
    }

    /// Puts the parts together.
    init(header: AvatarManifest, picture: String?, clip: Clip?, landmarks: RigLandmarks, inside: Inside?) {
        self.header = header
        self.picture = picture
        self.clip = clip
        self.landmarks = landmarks
        self.inside = inside
    }

    func encode(to encoder: any Encoder) throws {
        try header.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encodeIfPresent(picture, forKey: .picture)
        try fields.encodeIfPresent(clip, forKey: .clip)
        try fields.encode(landmarks, forKey: .landmarks)
        try fields.encodeIfPresent(inside, forKey: .inside)
    }
}

extension RiggedManifest: CheckedManifest {
    /// Frames of a clip are kept decoded.
    static let mostFrames = 3_000

    func check(_ field: FieldCheck) throws(AvatarError) {
        try header.check(field)
        try field.expect(
            (picture == nil) != (clip == nil), "picture", picture.map { "\"\($0)\", beside a clip" } ?? "missing",
            "the name of a picture, or else a clip")
        if let picture {
            try field.expectFileName(picture, "picture")
            let flaw = landmarks.flaw(width: header.width, height: header.height)
            try field.expect(flaw == nil, "landmarks", flaw ?? "", "the parts of a face where they are in the picture")
        }
        if let clip { try check(clip, field) }
        if let inside {
            try field.expect((4...2_000).contains(inside.unit), "inside.unit", inside.unit, "4…2000 pixels")
            let isPoint = inside.anchor.count == 2 && inside.anchor.allSatisfy { abs($0) < 10_000 }
            try field.expect(isPoint, "inside.anchor", inside.anchor, "[x, y] in pixels of the pictures")
        }
    }

    private func check(_ clip: Clip, _ field: FieldCheck) throws(AvatarError) {
        try field.expectFileName(clip.file, "clip.file")
        try field.expect(
            header.frames <= Self.mostFrames, "frames", header.frames, "1…\(Self.mostFrames)")
        try field.expect(
            clip.anchors.count == header.frames, "clip.anchors", "\(clip.anchors.count) anchors",
            "one for each of \(header.frames) frames")
        for (index, anchor) in clip.anchors.enumerated() {
            let isGood =
                anchor.count == 4 && anchor.allSatisfy(\.isFinite) && (0.05...20).contains(anchor[2])
                && abs(anchor[0]) < 10_000 && abs(anchor[1]) < 10_000 && abs(anchor[3]) < 7
            try field.expect(isGood, "clip.anchors[\(index)]", anchor, "[x, y, scale 0.05…20, rotation in radians]")
        }
        try field.expect(
            clip.lids.isEmpty || clip.lids.count == header.frames, "clip.lids", "\(clip.lids.count) numbers",
            "one for each of \(header.frames) frames, or none")
        for (index, lids) in clip.lids.enumerated() {
            try field.expect((0...1).contains(lids), "clip.lids[\(index)]", lids, "0…1: how closed the eyes are")
        }
        // Clips are of faces anywhere around: only their order can be wrong.
        let flaw = landmarks.flaw(width: 16_384, height: 16_384)
        try field.expect(flaw == nil, "landmarks", flaw ?? "", "the parts of a face where they are")
    }
}
