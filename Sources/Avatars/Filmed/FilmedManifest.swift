import Foundation
import Video

/// What the `avatar.json` of a bundle with a filmed face says, checked field by field.
struct FilmedManifest: Codable, Sendable {
    /// The idle clip, compressed.
    struct Idle: Codable, Sendable {
        /// An H.264 stream (Annex B), which any player shows.
        var file: String
        /// Bytes of each of its frames.
        var sizes: [Int]
    }

    /// What the engine needs of the face.
    struct Face: Codable, Sendable {
        var kind: String
        var model: FaceModel
        /// For each filmed frame the rectangle that the engine repaints.
        var boxes: [PixelBox]
        var masks: Masks
        var latents: String
    }

    /// How far the repainted face is seen: a byte a pixel of the area, rows packed.
    struct Masks: Codable, Sendable {
        var file: String
        /// For each filmed frame the rectangle that the mask covers.
        var areas: [PixelBox]
        /// For each filmed frame where its mask starts; equal masks may be stored once.
        var offsets: [Int]
    }

    var header: AvatarManifest
    var clip: String
    var loop: ClipLoop
    var poster: String
    var idle: Idle
    var face: Face

    /// Bytes of a frame's latents: two halves of 4×32×32 numbers.
    static let latentSize = 8 * 32 * 32 * MemoryLayout<Float>.size

    enum CodingKeys: String, CodingKey {
        case clip, loop, poster, idle, face
    }

    /// Puts the parts together, under the names that the files have in every bundle.
    init(header: AvatarManifest, loop: ClipLoop, idleSizes: [Int], face: Face) {
        self.header = header
        clip = "frames.i420"
        self.loop = loop
        poster = "poster.png"
        idle = Idle(file: "idle.h264", sizes: idleSizes)
        self.face = face
    }

    /// The first frame as a PNG file.
    func readPoster(in folder: URL) throws(AvatarError) -> [UInt8] {
        let file = try MappedFile(folder.appending(path: poster), purpose: "the first frame as a PNG file")
        return withExtendedLifetime(file) { Array(file.bytes) }
    }

    init(from decoder: any Decoder) throws {
        header = try AvatarManifest(from: decoder)
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        clip = try fields.decode(String.self, forKey: .clip)
        loop = try fields.decode(ClipLoop.self, forKey: .loop)
        poster = try fields.decode(String.self, forKey: .poster)
        idle = try fields.decode(Idle.self, forKey: .idle)
        face = try fields.decode(Face.self, forKey: .face)
    }

    func encode(to encoder: any Encoder) throws {
        try header.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(clip, forKey: .clip)
        try fields.encode(loop, forKey: .loop)
        try fields.encode(poster, forKey: .poster)
        try fields.encode(idle, forKey: .idle)
        try fields.encode(face, forKey: .face)
    }
}

extension FilmedManifest: CheckedManifest {
    func check(_ field: FieldCheck) throws(AvatarError) {
        try header.check(field)
        for (name, path) in [
            (clip, "clip"), (poster, "poster"), (idle.file, "idle.file"), (face.masks.file, "face.masks.file"),
            (face.latents, "face.latents"),
        ] {
            try field.expectFileName(name, path)
        }
        let shown = loop.length(ofFilmed: header.frames)
        try field.expect(
            idle.sizes.count == shown, "idle.sizes", "\(idle.sizes.count) sizes",
            "one for each of \(shown) frames, which is what \"loop\" makes of \(header.frames)")
        try field.expect(
            idle.sizes.allSatisfy { (1...1 << 26).contains($0) }, "idle.sizes", idle.sizes.min() ?? 0,
            "the bytes of each frame")
        try field.expect(face.kind == Avatar.Kind.filmed.rawValue, "face.kind", "\"\(face.kind)\"", "\"filmed\"")
        try field.expect(
            FaceModel.versions.contains(face.model.version), "face.model.version", "\"\(face.model.version)\"",
            "one of \(FaceModel.versions.joined(separator: ", "))")
        try checkRegions(field)
    }

    private func checkRegions(_ field: FieldCheck) throws(AvatarError) {
        let wanted = "one for each of \(header.frames) frames"
        try field.expect(face.boxes.count == header.frames, "face.boxes", "\(face.boxes.count) boxes", wanted)
        let (areas, offsets) = (face.masks.areas, face.masks.offsets)
        try field.expect(areas.count == header.frames, "face.masks.areas", "\(areas.count) areas", wanted)
        try field.expect(offsets.count == header.frames, "face.masks.offsets", "\(offsets.count) offsets", wanted)
        let picture = PixelBox(left: 0, top: 0, right: header.width, bottom: header.height)
        for (index, (box, area)) in zip(face.boxes, areas).enumerated() {
            try field.expect(
                box.width >= 8 && box.height >= 8 && picture.contains(box), "face.boxes[\(index)]", box,
                "[left, top, right, bottom] in the picture of \(header.width)×\(header.height), 8 pixels or more")
            try field.expect(
                picture.contains(area) && area.width >= 0 && area.height >= 0 && area.isEven,
                "face.masks.areas[\(index)]", area,
                "[left, top, right, bottom] in the picture of \(header.width)×\(header.height), all even")
            try field.expect(
                (0...1 << 40).contains(offsets[index]), "face.masks.offsets[\(index)]", offsets[index],
                "where the mask starts in \(face.masks.file)")
        }
    }
}
