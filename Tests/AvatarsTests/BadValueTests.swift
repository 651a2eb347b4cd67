import Avatars
import Foundation
import Testing

/// Values that a field of a rigged avatar's manifest cannot have: the error names the field, what was found and what was
/// expected.
@Suite(.timeLimit(.minutes(10))) struct BadValueTests {
    /// A field, a value that it cannot have, and the name under which the error must know it.
    struct BadValue: Sendable, CustomTestStringConvertible {
        var path: String
        var json: String
        var field: String
        /// What of the value must be said, if it is not of another type.
        var found: String?

        init(_ path: String, _ json: String, field: String? = nil, found: String? = nil) {
            self.path = path
            self.json = json
            self.field = field ?? path
            self.found = found
        }

        var testDescription: String { "\(path) = \(json)" }
    }

    private func expectError(
        for bad: BadValue, in bundle: TinyBundle, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let value = try JSONSerialization.jsonObject(with: Data(bad.json.utf8), options: .fragmentsAllowed)
        try bundle.change(bad.path, to: value)
        let error = await #expect(throws: AvatarError.self, sourceLocation: sourceLocation) {
            try await Avatar.load(from: bundle.folder)
        }
        guard case .field(let file, let field, let found, let expected) = error else {
            Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
            return
        }
        #expect(file == bundle.file("avatar.json").path, sourceLocation: sourceLocation)
        #expect(field == bad.field, sourceLocation: sourceLocation)
        #expect(found.contains(bad.found ?? found) && !found.isEmpty, "\(found)", sourceLocation: sourceLocation)
        #expect(!expected.isEmpty, sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        BadValue("format", "4", found: "4"), BadValue("format", "0", found: "0"), BadValue("format", "\"3\""),
        BadValue("id", "\"\""), BadValue("id", "\"../mira\"", found: "../mira"), BadValue("id", "7"),
        BadValue("width", "63", found: "63"), BadValue("width", "-64"), BadValue("width", "1e99"),
        BadValue("width", "64.5"), BadValue("height", "0"), BadValue("height", "\"48\""), BadValue("fps", "30"),
        BadValue("fps", "null"), BadValue("frames", "0"), BadValue("frames", "1000000"),
    ])
    func ofEveryAvatar(bad: BadValue) async throws { try await expectError(for: bad, in: TinyBundle()) }

    /// As many numbers as the clip has frames.
    private static func lids(_ first: String, last: String) -> String {
        "[\(([String](repeating: first, count: TinyBundle.frames - 1) + [last]).joined(separator: ","))]"
    }

    @Test(arguments: [
        BadValue("clip", "[]"), BadValue("clip", "\"clip.mp4\""),
        BadValue("clip.file", "\"../clip.mp4\"", found: "../clip.mp4"), BadValue("clip.file", "\"\""),
        BadValue("clip.file", "[]"), BadValue("clip.loop", "\"sideways\"", found: "sideways"),
        BadValue("frames", "22", field: "clip.anchors", found: "23 anchors"),
        BadValue("frames", "3001", found: "3001"), BadValue("clip.anchors", "[]", found: "0 anchors"),
        BadValue("clip.anchors.3", "[1, 2, 1]", field: "clip.anchors[3]", found: "[1.0, 2.0, 1.0]"),
        BadValue("clip.anchors.3", "[1, 2, 0, 0]", field: "clip.anchors[3]", found: "[1.0, 2.0, 0.0, 0.0]"),
        BadValue("clip.anchors.3", "[1, 2, 21, 0]", field: "clip.anchors[3]"),
        BadValue("clip.anchors.3", "[1, 2, 1, 8]", field: "clip.anchors[3]"),
        BadValue("clip.anchors.3", "[1e300, 2, 1, 0]", field: "clip.anchors[3]", found: "1e+300"),
        BadValue("clip.anchors.3", "[1, -1e5, 1, 0]", field: "clip.anchors[3]"),
        BadValue("clip.anchors.3", "[1, 2, 1, \"0\"]", field: "clip.anchors[3][3]"),
        BadValue("clip.lids", "[0, 1]", found: "2 numbers"), BadValue("clip.lids", "0.5"),
        BadValue("clip.lids", Self.lids("0.5", last: "1.5"), field: "clip.lids[22]", found: "1.5"),
        BadValue("clip.lids", Self.lids("-1", last: "0"), field: "clip.lids[0]", found: "-1"),
    ])
    func ofAClip(bad: BadValue) async throws { try await expectError(for: bad, in: TinyBundle()) }

    @Test(arguments: [
        BadValue("picture", "\"a/b.png\"", found: "a/b.png"), BadValue("picture", "\"\""), BadValue("picture", "3"),
    ])
    func ofAPicture(bad: BadValue) async throws { try await expectError(for: bad, in: TinyBundle(.picture)) }

    @Test(
        arguments: [
            BadValue("landmarks", "[]"), BadValue("landmarks.nose", "7"),
            BadValue("landmarks.nose", "[7]", field: "landmarks", found: "nose is [7.0]"),
            BadValue("landmarks.nose", "[1, 2, 3]", field: "landmarks", found: "nose"),
            BadValue("landmarks.nose", "[1e9, 3]", field: "landmarks", found: "nose"),
            BadValue("landmarks.lip_curve", "[[3]]", field: "landmarks", found: "lip_curve"),
            BadValue("landmarks.chin", "[64, 100]", field: "landmarks", found: "chin at [64, 100]"),
            BadValue("landmarks.jaw_left", "[100, 112]", field: "landmarks", found: "jaw_left at [100, 112]"),
            BadValue("landmarks.head_top", "[64, -3]", field: "landmarks", found: "head_top is at [64, -3]"),
        ], [TinyBundle.Base.clip, .picture])
    func ofLandmarks(bad: BadValue, base: TinyBundle.Base) async throws {
        try await expectError(for: bad, in: TinyBundle(base))
    }

    /// In a clip it may be that only some frames show all of it.
    @Test func aFaceThatReachesOutOfItsPicture() async throws {
        let bad = BadValue(
            "landmarks.chin", "[64, 177]", field: "landmarks", found: "outside of the picture (128×176)")
        try await expectError(for: bad, in: TinyBundle(.picture))
        let film = try TinyBundle()
        try film.change("landmarks.chin", to: [64, 177])
        #expect(try await Avatar.load(from: film.folder).id == "tiny")
    }

    @Test(arguments: [
        BadValue("inside", "[]"), BadValue("inside.unit", "0", found: "0"), BadValue("inside.unit", "2001"),
        BadValue("inside.unit", "\"a\""), BadValue("inside.anchor", "[8]", found: "[8.0]"),
        BadValue("inside.anchor", "[8, 10000]"), BadValue("inside.anchor", "8"),
    ])
    func ofTheMouth(bad: BadValue) async throws { try await expectError(for: bad, in: TinyBundle()) }
}
