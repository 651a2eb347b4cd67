import Foundation
import Yams

/// What `visavis render --inference-config` is to do, in the format of MuseTalk's `configs/inference/realtime.yaml`:
///
/// ```yaml
/// avator_1:
///   preparation: True
///   bbox_shift: 5
///   video_path: "data/video/yongen.mp4"
///   audio_clips:
///     audio_0: "data/audio/yongen.wav"
/// ```
struct RenderConfiguration: Equatable {
    /// A value, and where it stands, for errors that are found later.
    struct Located<Value: Equatable>: Equatable {
        var value: Value
        var line: Int
    }

    /// A recording that an avatar says.
    struct Clip: Equatable {
        /// The film's name, without a suffix.
        var name: String
        /// The recording, as it is written.
        var path: Located<String>
    }

    /// What one avatar does.
    struct Entry: Equatable {
        /// The avatar's name.
        var avatar: String
        /// The line of its name.
        var line: Int
        /// Whether it has to be made of the video first.
        var preparation: Bool
        /// Pixels by which the face box begins lower; only MuseTalk 1.0 looks at it.
        var bboxShift: Int
        /// The video, as it is written.
        var video: Located<String>
        /// In the order of the file.
        var clips: [Clip]
    }

    /// Where it was read from.
    var file: String
    /// In the order of the file.
    var entries: [Entry]

    /// Reads a file.
    /// - Throws: ``RenderConfigurationError``.
    init(contentsOf url: URL) throws(RenderConfigurationError) {
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { throw .unreadable(file: url.path) }
        try self.init(yaml: text, file: url.path)
    }

    /// Reads the text of a file.
    /// - Parameter file: its path, for errors.
    /// - Throws: ``RenderConfigurationError``.
    init(yaml text: String, file: String) throws(RenderConfigurationError) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw .notYAML(file: file, reason: "\(error)")
        }
        let reader = ConfigurationReader(file: file)
        let avatars = try reader.mapping(root ?? "", "", expected: "avatars by name")
        guard !avatars.isEmpty else {
            throw .unexpected(file: file, line: 1, field: "", found: "nothing", expected: "avatars by name")
        }
        self.file = file
        entries = []
        for (name, node) in avatars { entries.append(try Entry(name, node, reader)) }
    }
}

extension RenderConfiguration.Entry {
    private static let fields = ["preparation", "bbox_shift", "video_path", "audio_clips"]

    fileprivate init(
        _ name: RenderConfiguration.Located<String>, _ node: Node, _ reader: ConfigurationReader
    ) throws(RenderConfigurationError) {
        avatar = try reader.fileName(name, "")
        line = name.line
        let values = try reader.mapping(node, avatar, expected: Self.fields.joined(separator: ", "))
        for (key, _) in values where !Self.fields.contains(key.value) {
            throw .unknownField(file: reader.file, line: key.line, field: "\(avatar).\(key.value)", known: Self.fields)
        }
        func value(_ field: String) throws(RenderConfigurationError) -> Node {
            guard let value = values.first(where: { $0.0.value == field }) else {
                throw .missingField(file: reader.file, line: name.line, field: "\(name.value).\(field)")
            }
            return value.1
        }
        preparation = try reader.truth(value("preparation"), "\(avatar).preparation")
        bboxShift = try reader.pixels(value("bbox_shift"), "\(avatar).bbox_shift")
        video = try reader.path(value("video_path"), "\(avatar).video_path")
        clips = []
        let recordings = try reader.mapping(
            value("audio_clips"), "\(avatar).audio_clips", expected: "recordings by the names of their films")
        for (clip, path) in recordings {
            let field = "\(avatar).audio_clips.\(clip.value)"
            clips.append(
                RenderConfiguration.Clip(
                    name: try reader.fileName(clip, "\(avatar).audio_clips"), path: try reader.path(path, field)))
        }
    }
}

/// Reads single values, and names the one that is wrong.
private struct ConfigurationReader {
    let file: String

    private func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

    private func unexpected(_ node: Node, _ field: String, expected: String) -> RenderConfigurationError {
        let found =
            switch node {
            case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "\"\(scalar.string.prefix(60))\""
            case .mapping: "a mapping"
            case .sequence: "a list"
            case .alias: "an alias"
            }
        return .unexpected(file: file, line: line(node), field: field, found: found, expected: expected)
    }

    /// Keys with values, in the order of the file.
    func mapping(
        _ node: Node, _ field: String, expected: String
    ) throws(RenderConfigurationError) -> [(RenderConfiguration.Located<String>, Node)] {
        guard let mapping = node.mapping else { throw unexpected(node, field, expected: expected) }
        var values: [(RenderConfiguration.Located<String>, Node)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { throw unexpected(key, field, expected: "a name") }
            values.append((RenderConfiguration.Located(value: name, line: line(key)), value))
        }
        return values
    }

    func truth(_ node: Node, _ field: String) throws(RenderConfigurationError) -> Bool {
        switch node.scalar?.string {
        case "True", "true", "TRUE": return true
        case "False", "false", "FALSE": return false
        default: throw unexpected(node, field, expected: "True or False")
        }
    }

    func pixels(_ node: Node, _ field: String) throws(RenderConfigurationError) -> Int {
        guard let pixels = node.scalar.flatMap({ Int($0.string) }), abs(pixels) <= 1_000 else {
            throw unexpected(node, field, expected: "a whole number of pixels, -1000 to 1000")
        }
        return pixels
    }

    func path(
        _ node: Node, _ field: String
    ) throws(RenderConfigurationError) -> RenderConfiguration.Located<String> {
        guard let path = node.scalar?.string, !path.isEmpty else {
            throw unexpected(node, field, expected: "the path of a file")
        }
        return RenderConfiguration.Located(value: path, line: line(node))
    }

    /// A name that becomes that of a file.
    func fileName(
        _ name: RenderConfiguration.Located<String>, _ field: String
    ) throws(RenderConfigurationError) -> String {
        guard !name.value.isEmpty, !name.value.contains("/"), !name.value.hasPrefix("."), name.value.utf8.count < 200
        else {
            throw .unexpected(
                file: file, line: name.line, field: field, found: "\"\(name.value.prefix(60))\"",
                expected: "a name that a file can have")
        }
        return name.value
    }
}
