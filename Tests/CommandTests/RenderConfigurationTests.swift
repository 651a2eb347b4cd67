import Foundation
import TestSupport
import Testing

@testable import visavis

@Suite(.timeLimit(.minutes(10))) struct RenderConfigurationTests {
    /// As MuseTalk has it.
    private static let official = """
        avator_1:
         preparation: True # your can set it to False if you want to use the existing avator
         bbox_shift: 5
         video_path: "data/video/yongen.mp4"
         audio_clips:
             audio_0: "data/audio/yongen.wav"
             audio_1: "data/audio/eng.wav"
        """

    private static func read(_ yaml: String) throws -> RenderConfiguration {
        try RenderConfiguration(yaml: yaml, file: "/here/configs/realtime.yaml")
    }

    private static func plan(
        _ yaml: String, prepared: Set<String> = [], missing: String? = nil, replaces: Bool = false
    ) throws -> RenderPlan {
        try RenderPlan(
            read(yaml), into: URL(filePath: "/out"), workingFolder: URL(filePath: "/there"), replaces: replaces,
            isPrepared: prepared.contains, exists: { url in missing.map { !url.path.contains($0) } ?? true })
    }

    @Test func musetalksOwnFileIsUnderstood() throws {
        let entry = RenderConfiguration.Entry(
            avatar: "avator_1", line: 1, preparation: true, bboxShift: 5,
            video: .init(value: "data/video/yongen.mp4", line: 4),
            clips: [
                .init(name: "audio_0", path: .init(value: "data/audio/yongen.wav", line: 6)),
                .init(name: "audio_1", path: .init(value: "data/audio/eng.wav", line: 7)),
            ])
        #expect(try Self.read(Self.official).entries == [entry])
    }

    @Test func theAvatarIsMadeFirstAndThenItsFilms() throws {
        let films = [
            RenderPlan.Step.render(
                .init(
                    avatar: "avator_1", audio: URL(filePath: "/there/data/audio/yongen.wav"),
                    output: URL(filePath: "/out/avator_1/audio_0.mp4"))),
            .render(
                .init(
                    avatar: "avator_1", audio: URL(filePath: "/there/data/audio/eng.wav"),
                    output: URL(filePath: "/out/avator_1/audio_1.mp4"))),
        ]
        let video = URL(filePath: "/there/data/video/yongen.mp4")
        let preparation = RenderPlan.Step.prepare(.init(avatar: "avator_1", video: video, bboxShift: 5))
        #expect(try Self.plan(Self.official).steps == [preparation] + films)
        #expect(try Self.plan(Self.official, prepared: ["avator_1"], replaces: true).steps == [preparation] + films)
        let existing = Self.official.replacing("True", with: "False")
        #expect(try Self.plan(existing, prepared: ["avator_1"]).steps == films)
    }

    @Test func whatIsNotInTheWorkingFolderIsSoughtBesideTheFile() throws {
        let plan = try Self.plan(Self.official, missing: "/there/data/video")
        guard case .prepare(let preparation) = plan.steps.first else {
            Issue.record("nothing is prepared")
            return
        }
        #expect(preparation.video.path == "/here/configs/data/video/yongen.mp4")
    }

    @Test func aMissingFileIsNamedWithItsLine() {
        #expect(
            throws: RenderConfigurationError.missingFile(
                file: "/here/configs/realtime.yaml", line: 7, field: "avator_1.audio_clips.audio_1",
                path: "data/audio/eng.wav", places: ["/there/data/audio/eng.wav", "/here/configs/data/audio/eng.wav"])
        ) { try Self.plan(Self.official, missing: "eng.wav") }
    }

    @Test func anAvatarThatIsThereOrNotIsNamed() {
        let file = "/here/configs/realtime.yaml"
        #expect(throws: RenderConfigurationError.alreadyPrepared(file: file, line: 1, avatar: "avator_1")) {
            try Self.plan(Self.official, prepared: ["avator_1"])
        }
        #expect(throws: RenderConfigurationError.notPrepared(file: file, line: 1, avatar: "avator_1")) {
            try Self.plan(Self.official.replacing("True", with: "False"))
        }
    }

    @Test(arguments: [
        ("bbox_shift: 5", "bbox_shift: five", ":3: \"avator_1.bbox_shift\" is \"five\"; expected a whole number"),
        ("bbox_shift: 5", "bbox_shift: [5]", ":3: \"avator_1.bbox_shift\" is a list"),
        ("True", "maybe", ":2: \"avator_1.preparation\" is \"maybe\"; expected True or False"),
        ("bbox_shift", "bbox_shfit", ":3: there is no \"avator_1.bbox_shfit\"; there are preparation, bbox_shift"),
        (" bbox_shift: 5\n", "", ":1: \"avator_1.bbox_shift\" is missing"),
        ("\"data/video/yongen.mp4\"", "", ":4: \"avator_1.video_path\" is nothing; expected the path"),
        ("audio_0:", "../../audio_0:", ":6: \"avator_1.audio_clips\" is \"../../audio_0\"; expected a name"),
        ("avator_1:", "a/b:", ":1: there is \"a/b\"; expected a name"),
        ("audio_1:", "audio_0:", "no YAML"), ("True #", "True: #", "no YAML"),
    ])
    func whatIsWrongIsNamedWithItsLine(part: String, other: String, words: String) {
        let error = #expect(throws: RenderConfigurationError.self) {
            try Self.read(Self.official.replacing(part, with: other))
        }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        "", "# nothing\n", "- a\n", "avator_1\n", "avator_1: 5\n", "? [a]\n: b\n", "&a {b: *a}\n", "\u{0}",
    ])
    func otherFilesAreRefused(yaml: String) {
        #expect(throws: RenderConfigurationError.self) { try Self.read(yaml) }
    }

    @Test func aMissingConfigurationIsNamed() {
        #expect(throws: RenderConfigurationError.unreadable(file: "/nowhere.yaml")) {
            try RenderConfiguration(contentsOf: URL(filePath: "/nowhere.yaml"))
        }
    }

    /// Whatever is written in it, reading ends with a value or a typed error.
    @Test func damagedFilesNeverCrash() {
        var generator = SeededGenerator(seed: 3)
        let bytes = Array(Self.official.utf8)
        for _ in 0..<500 {
            var damaged = bytes
            for _ in 0..<3 {
                let place = Int.random(in: damaged.indices, using: &generator)
                damaged[place] = .random(in: 0...127, using: &generator)
            }
            do {
                _ = try Self.read(String(decoding: damaged, as: UTF8.self))
            } catch {
                #expect(error is RenderConfigurationError)
            }
        }
    }
}
