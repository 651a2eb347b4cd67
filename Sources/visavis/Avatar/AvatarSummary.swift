import AvatarPreparation
import Avatars
import Foundation
import Video

/// What there is to know of an avatar without showing it.
struct AvatarSummary: Codable, Equatable, CustomStringConvertible {
    /// The face of a filmed avatar.
    struct Face: Codable, Equatable {
        /// MuseTalk's version.
        var modelVersion: String
        /// The fingerprint of the weights; nil for one that was prepared elsewhere.
        var modelFingerprint: String?
        /// Where it is in the first frame.
        var firstBox: PixelBox
        /// What it keeps within.
        var bounds: PixelBox

        enum CodingKeys: String, CodingKey {
            case modelVersion = "model_version"
            case modelFingerprint = "model_fingerprint"
            case firstBox = "first_box"
            case bounds
        }
    }

    /// The bundle's id.
    var id: String
    /// The name that people see.
    var name: String
    /// `rigged` or `filmed`.
    var kind: Avatar.Kind
    /// Width of the picture in pixels.
    var width: Int
    /// Height of the picture in pixels.
    var height: Int
    /// Frames that were filmed, or painted in a loop.
    var frames: Int
    /// How long these last.
    var seconds: Double
    /// Frames until the first is shown again.
    var shownFrames: Int
    /// Nil for a rigged one.
    var face: Face?
    /// Bytes of its files.
    var bytes: Int
    /// Where it lies.
    var folder: String
    /// A picture of its frames to look at; nil if there is none.
    var contactSheet: String?

    enum CodingKeys: String, CodingKey {
        case id, name, kind, width, height, frames, seconds, face, bytes, folder
        case shownFrames = "shown_frames"
        case contactSheet = "contact_sheet"
    }

    /// Reads a bundle, all of it, so that what is wrong with it is said.
    /// - Throws: ``Avatars/AvatarError``.
    init(of folder: URL) async throws(AvatarError) {
        let avatar = try await Avatar.load(from: folder)
        id = avatar.id
        name = avatar.name
        kind = avatar.kind
        width = avatar.width
        height = avatar.height
        shownFrames = avatar.frameCount
        switch avatar.face {
        case .rigged: frames = avatar.frameCount
        case .filmed(let filmed):
            frames = filmed.frameCount
            let boxes = filmed.regions.map(\.box)
            if let first = boxes.first {
                face = Face(
                    modelVersion: filmed.model.version, modelFingerprint: filmed.model.fingerprint, firstBox: first,
                    bounds: boxes.reduce(first) { $0.enclosing($1) })
            }
        }
        seconds = Double(frames) / Double(avatar.fps)
        self.folder = folder.path
        bytes = Self.size(of: folder)
        let sheet = folder.appending(path: ContactSheet.fileName)
        contactSheet = FileManager.default.fileExists(atPath: sheet.path) ? sheet.path : nil
    }

    /// Bytes of all files in `folder`.
    static func size(of folder: URL) -> Int {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        return (files?.allObjects ?? []).reduce(0) { sum, file in
            sum + ((try? (file as? URL)?.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0)
        }
    }

    /// Lines for people.
    var description: String {
        var lines = [("face", faceWords), ("picture", "\(width)×\(height)"), ("frames", frameWords)]
        if let face {
            let moves = "\(face.bounds.width)×\(face.bounds.height)"
            let box = "\(face.firstBox.width)×\(face.firstBox.height) in the first frame, within \(moves) in all"
            lines.append(("face box", box))
        }
        lines.append(("on disk", "\(ByteCount(bytes)) in \(folder)"))
        if let contactSheet { lines.append(("to look at", contactSheet)) }
        let title = name == id ? id : "\(id) (\(name))"
        return lines.reduce(title) { $0 + "\n  " + $1.0.padding(toLength: 12, withPad: " ", startingAt: 0) + $1.1 }
    }

    private var faceWords: String {
        guard let face else { return "rigged, for the engine viseme" }
        let origin = face.modelFingerprint.map { "weights \($0.prefix(12))" } ?? "prepared elsewhere"
        return "filmed, for MuseTalk \(face.modelVersion) (\(origin))"
    }

    private var frameWords: String {
        let length = String(format: "%d, %.1f s", frames, seconds)
        return shownFrames == frames ? length : "\(length), shown there and back"
    }
}

extension PixelBox {
    /// The smallest box that has both in it.
    fileprivate func enclosing(_ other: PixelBox) -> PixelBox {
        PixelBox(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
            bottom: max(bottom, other.bottom))
    }
}
