import Foundation
import Video

@testable import Avatars

/// A small good bundle with a rigged face, written to a temporary folder, to be broken in every way by the tests.
///
/// ``TinyFace``, 128 × 176 pixels: a clip of 23 frames (the last run of the idle clip is short) in which it sways, with a
/// mouth of its own; or a single picture.
final class TinyBundle {
    /// What is warped.
    enum Base {
        case clip, picture
    }

    static let frames = 23

    let folder: URL
    /// What avatar.json says.
    private(set) var manifest: [String: Any]

    private let ownParent: URL?

    /// Writes the bundle.
    /// - Parameter id: its id, and its folder's name.
    init(id: String = "tiny", _ base: Base = .clip, in parent: URL? = nil) throws {
        let temporary = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString)")
        ownParent = parent == nil ? temporary : nil
        folder = (parent ?? temporary).appending(path: id)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        manifest = Self.manifest(id: id, base)
        switch base {
        case .clip:
            try writeClip(frames: Self.frames)
            for (name, picture) in TinyFace.insidePictures {
                try Data(PNG.encode(picture)).write(to: file("inside-\(name).png"))
            }
        case .picture: try Data(PNG.encode(TinyFace.picture())).write(to: file("face.png"))
        }
        try writeManifest()
    }

    deinit { try? FileManager.default.removeItem(at: ownParent ?? folder) }

    func file(_ name: String) -> URL { folder.appending(path: name) }

    /// Where the middle of the lips lies in frame `index`, and how large and how turned the face is.
    static func anchor(_ index: Int) -> [Double] { [64 + Double(sway(index)), 112, 1, 0] }

    /// How far the face is moved in a frame: it comes back, so that the clip loops.
    private static func sway(_ index: Int) -> Int { Int(6 * sin(2 * Double.pi * Double(index) / Double(frames))) }

    private static func manifest(id: String, _ base: Base) -> [String: Any] {
        let landmarks = Dictionary(
            uniqueKeysWithValues: TinyFace.landmarks.map { ($0.rawValue, [$1.x, $1.y]) })
        var manifest: [String: Any] = [
            "format": 3, "id": id, "name": "Tiny", "license": "Apache-2.0", "width": TinyFace.width,
            "height": TinyFace.height, "fps": 25, "landmarks": landmarks,
        ]
        switch base {
        case .clip:
            manifest["frames"] = frames
            manifest["clip"] =
                [
                    "file": "clip.mp4", "loop": "forward", "anchors": (0..<frames).map(anchor), "lids": [Float](),
                ] as [String: Any]
            manifest["inside"] =
                ["unit": TinyFace.inside.unit, "anchor": TinyFace.inside.anchor] as [String: Any]
        case .picture:
            manifest["frames"] = 1
            manifest["picture"] = "face.png"
        }
        return manifest
    }

    private func writeManifest() throws {
        try JSONSerialization.data(withJSONObject: manifest).write(to: file("avatar.json"))
    }

    /// Writes the manifest with one value changed, or left out.
    /// - Parameter path: keys and indices, e.g. `clip.anchors.0`.
    func change(_ path: String, to value: Any?) throws {
        let keys = path.split(separator: ".").map(String.init)
        manifest = Self.changed(manifest, keys[...], to: value) as? [String: Any] ?? [:]
        try writeManifest()
    }

    private static func changed(_ node: Any, _ keys: ArraySlice<String>, to value: Any?) -> Any {
        guard let key = keys.first else { return node }
        let isLast = keys.count == 1
        if var object = node as? [String: Any] {
            object[key] = isLast ? value : changed(object[key] ?? [:], keys.dropFirst(), to: value)
            return object
        }
        if var list = node as? [Any], let index = Int(key) {
            list[index] = isLast ? value ?? NSNull() : changed(list[index], keys.dropFirst(), to: value)
            return list
        }
        return node
    }

    /// Writes a clip.
    func writeClip(frames: Int, scale: Int = 1, fps: Int = 25) throws {
        let isUsual = frames == Self.frames && scale == 1 && fps == 25
        if isUsual, let data = try? Self.usualClip.get() {
            try data.write(to: file("clip.mp4"))
            return
        }
        try Self.writeClip(frames: frames, scale: scale, fps: fps, to: file("clip.mp4"))
    }

    /// Compressed once for all tests.
    private static let usualClip = Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString).mp4")
        defer { try? FileManager.default.removeItem(at: file) }
        try writeClip(frames: frames, scale: 1, fps: 25, to: file)
        return try Data(contentsOf: file)
    }

    private static func writeClip(frames: Int, scale: Int, fps: Int, to file: URL) throws {
        let settings = H264Settings(
            width: TinyFace.width * scale, height: TinyFace.height * scale, fps: fps, quality: 16)
        let encoder = try H264Encoder(settings)
        let movie = try MovieWriter(file, settings)
        let blank = PixelBuffer(width: settings.width, height: settings.height)
        for index in 0..<frames {
            try movie.append(encoder.encode(scale == 1 ? TinyFace.picture(movedBy: sway(index)) : blank))
        }
        try movie.finish()
    }
}
