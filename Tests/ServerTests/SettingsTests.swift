import Foundation
import LocalSpeech
import RealtimeUpstream
import Settings
import TestSupport
import Testing
import Yams

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct SettingsTests {
    private static let example = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "visavis.example.yaml")

    private func settings(
        yaml: String? = nil, environment: [String: String] = [:], flags: [String: String?] = [:]
    ) throws -> ServerSettings {
        guard let yaml else { return try ServerSettings(flags: flags, environment: environment, file: nil) }
        let folder = try TemporaryFolder()
        // The models that the example names, as far as their files' names tell.
        for name in ["base-encoder.onnx", "base-decoder.onnx", "base-tokens.txt"] {
            try folder.file("speech/sherpa-onnx-whisper-base/\(name)")
        }
        for name in ["amy.onnx", "tokens.txt"] { try folder.file("speech/vits-piper-en_US-amy-low/\(name)") }
        let file = try folder.file("visavis.yaml", yaml.utf8)
        return try ServerSettings(flags: flags, environment: environment, file: file)
    }

    @Test func theExampleDocumentsEverySettingWithItsDefault() throws {
        let loaded = try ServerSettings(flags: [:], environment: [:], file: Self.example)
        #expect(loaded == ServerSettings())
        let tree = try #require(
            try Yams.load(yaml: String(contentsOf: Self.example, encoding: .utf8)) as? [String: Any])
        let names = tree.flatMap { key, value in
            (value as? [String: Any])?.keys.map { "\(key).\($0)" } ?? [key]
        }
        #expect(Set(names) == Set(Setting.all.map(\.name)))
    }

    /// The section `responders` is commented out, as nobody has these services; prose has one space behind the `#`.
    @Test func whatTheExampleSaysOfRespondersCanBeRead() throws {
        let example = try String(contentsOf: Self.example, encoding: .utf8)
        let lines = try #require(example.range(of: "#responders:")).lowerBound
        let yaml = example[lines...].split(separator: "\n").map { $0.dropFirst() }.filter { !$0.starts(with: /\ \S/) }
        // Its paths are relative to itself.
        let script = Self.example.deletingLastPathComponent().appending(path: "script.example.yaml").path
        let loaded = try settings(
            yaml: yaml.joined(separator: "\n").replacing("script.example.yaml", with: script),
            environment: ["OPENAI_API_KEY": "sk-x"])
        #expect(loaded.responders.chat != nil && loaded.responders.script != nil)
        #expect(loaded.responders.local?.synthesis?.voices == ["amy"])
        #expect(loaded.responders.upstream?.voices.first == "marin")
    }

    /// Guards the test above: a setting that stored nothing would equal its default too.
    @Test func everySettingIsStored() throws {
        for setting in Setting.all {
            let values = [
                "1", "2000", "70000", "debug", "0.25", "musetalk", "cuda:1", "memory", "true", "sixteen characters",
            ]
            let stores = values.contains { value in
                var settings = ServerSettings()
                return setting.store(value, &settings) && settings != ServerSettings()
            }
            #expect(stores, "\(setting.name)")
        }
    }

    @Test func aFlagWinsOverTheEnvironmentThatOverTheFile() throws {
        let yaml = "host: 10.0.0.1\nport: 1001\nlimits:\n  sessions: 7\n"
        let fromFile = try settings(yaml: yaml)
        #expect(fromFile.host == "10.0.0.1" && fromFile.port == 1001 && fromFile.maximumSessions == 7)
        #expect(fromFile.voice == ServerSettings().voice)

        let environment = ["VISAVIS_PORT": "1002", "VISAVIS_LIMITS_SESSIONS": "8", "PORT": "9"]
        let fromEnvironment = try settings(yaml: yaml, environment: environment)
        #expect(fromEnvironment.host == "10.0.0.1")
        #expect(fromEnvironment.port == 1002 && fromEnvironment.maximumSessions == 8)

        let fromFlags = try settings(yaml: yaml, environment: environment, flags: ["port": "1003", "host": nil])
        #expect(fromFlags.port == 1003 && fromFlags.host == "10.0.0.1")
    }

    @Test(arguments: [
        ("prot: 8080\n", "port"), ("voices: slt\n", "voice"), ("limits:\n  session: 3\n", "limits.sessions"),
        ("turn_detection:\n  treshold: 0.4\n", "turn_detection.threshold"), ("sessions: 3\n", "limits.sessions"),
    ])
    func anUnknownSettingIsNamedWithItsLineAndTheNearestOne(yaml: String, nearest: String) throws {
        let error = try #require(throws: SettingsError.self) { try settings(yaml: yaml) }
        guard case .unknown(_, let source, let found) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(found == nearest)
        #expect(source.hasSuffix(yaml.contains("  ") ? ":2" : ":1"), "\(source)")
        #expect(error.description.contains("did you mean `\(nearest)`"))
    }

    @Test func nothingIsSuggestedForWhatIsLikeNothing() throws {
        let error = try #require(throws: SettingsError.self) { try settings(yaml: "thermometer: 3\n") }
        #expect(error.description.contains("visavis.example.yaml"))
    }

    @Test(arguments: [
        "port: many", "port: 70000", "port: 80.5", "host: ''", "log_level: loud", "engine: magic", "device: gpu",
        "device: 'cpu:0,cpu:0'", "device: 'cpu:1023'", "device: 'cuda:0,'",
        "batch_size: 0", "batching:\n  policy: fixed:0", "batching:\n  policy: largest",
        "batching:\n  memory_thresholds: [0.9, 0.7]", "batching:\n  memory_sizes: [16, 4]",
        "batching:\n  alarm_share: 0.5", "admission:\n  headroom: 0",
        "turn_detection: 3",
        "turn_detection:\n  threshold: 2", "turn_detection:\n  threshold: 0", "limits:\n  sessions: 0", "voice: [a, b]",
        "port:",
    ])
    func aWrongValueIsNamed(yaml: String) throws {
        let error = try #require(throws: SettingsError.self) { try settings(yaml: yaml) }
        let name = yaml.prefix { $0 != ":" }
        #expect(error.description.contains("\(name)"), "\(error)")
    }

    @Test func whatIsNoYAMLIsAnError() throws {
        let error = try #require(throws: SettingsError.self) { try settings(yaml: "host: [") }
        guard case .notYAML = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func aFileOfCommentsIsAllDefaults() throws {
        #expect(try settings(yaml: "# nothing\n") == ServerSettings())
        #expect(try settings(yaml: "") == ServerSettings())
    }

    @Test func aMissingFileIsAnError() {
        #expect(throws: SettingsError.unreadable(file: "/nowhere/visavis.yaml")) {
            try ServerSettings(flags: [:], environment: [:], file: URL(filePath: "/nowhere/visavis.yaml"))
        }
    }

    @Test func theEnvironmentsValuesAreCheckedToo() throws {
        let error = try #require(throws: SettingsError.self) { try settings(environment: ["VISAVIS_PORT": "x"]) }
        #expect(error.description.contains("VISAVIS_PORT"))
    }
}
