import Foundation
import JSON
import TestSupport
import Testing

@testable import Settings

@Suite struct SettingsSectionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func section(_ yaml: String, environment: [String: String] = [:]) throws -> SettingsSection {
        let file = try folder.file("visavis.yaml", Data(yaml.utf8))
        return try SettingsSection(file: file, environment: environment)
    }

    private enum Colour: String, CaseIterable { case red, green }

    @Test func valuesAreReadByName() throws {
        var section = try section(
            """
            name: Ada
            voices: [a, b]
            voice: c
            share: 0.5
            count: 3
            wait: 1.5
            stream: false
            colour: green
            url: https://example.com/v1
            headers:
              X-Team: blue
            extra:
              think: false
              depth: {levels: [1, 2.5, "x", null]}
            """)
        #expect(try section.text("name") == "Ada")
        #expect(try section.texts("voices") == ["a", "b"])
        #expect(try section.texts("voice") == ["c"])
        #expect(try section.number("share", in: 0.0...1) == 0.5)
        #expect(try section.number("count", in: 1...5) == 3)
        #expect(try section.seconds("wait", in: 0...5) == .milliseconds(1_500))
        #expect(try section.flag("stream") == false)
        #expect(try section.choice("colour", of: Colour.self) == .green)
        #expect(try section.url("url", schemes: ["https"])?.host == "example.com")
        #expect(try section.textsByName("headers") == ["X-Team": "blue"])
        #expect(
            try section.fields("extra") == [
                "think": .flag(false),
                "depth": .object(["levels": .list([.integer(1), .number(2.5), .text("x"), .null])]),
            ])
        try section.finish()
        #expect(try section.text("nothing") == nil)
        #expect(try section.rest().isEmpty)
    }

    @Test func whatNobodyAskedForIsNamedWithItsLine() throws {
        var file = try section("chat:\n  model: x\n  modle: y\n")
        var chat = try #require(try file.section("chat"))
        _ = try chat.text("model")
        let error = try #require(throws: SettingsError.self) { try chat.finish() }
        guard case .unknown("chat.modle", let source, "chat.model") = error else {
            Issue.record("\(error)")
            return
        }
        #expect(source.hasSuffix("visavis.yaml:3"))
    }

    @Test func sectionsOfAListAreNumbered() throws {
        var file = try section("rules:\n- say: a\n- sya: b\n")
        var rules = try #require(try file.sections("rules"))
        #expect(try rules[0].text("say") == "a")
        let error = try #require(throws: SettingsError.self) { try rules[1].finish() }
        #expect(error.description.contains(":3: ") && error.description.contains("`rules[2].sya`"))
    }

    @Test func aWrongValueIsNamedWithItsLine() throws {
        var section = try section("a: 1\nport: many\nflag: 'yes'\nurl: ftp://x\nlist: {}\ntext: []\n")
        for read in [
            { try $0.number("port", in: 0...9) }, { try $0.flag("flag") }, { try $0.url("url", schemes: ["http"]) },
            { try $0.sections("list") }, { try $0.text("text") }, { try $0.texts("list") }, { try $0.section("a") },
        ] as [(inout SettingsSection) throws -> Any?] {
            let error = try #require(throws: SettingsError.self) { try read(&section) }
            guard case .unexpected = error else {
                Issue.record("\(error)")
                return
            }
        }
        #expect(section.source(of: "url").hasSuffix(":4"))
    }

    @Test func keysComeFromTheEnvironmentOrAFile() throws {
        var first = try section("api_key_env: KEY\n", environment: ["KEY": " sk-1 "])
        #expect(try first.apiKey()?.secret == "sk-1")
        try folder.file("key", Data("sk-2\n".utf8))
        var second = try section("api_key_file: key\n")
        let key = try #require(try second.apiKey())
        #expect(key.secret == "sk-2")
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key) \(String(reflecting: key)) \(dumped)".contains("sk-2"))
        var none = try section("a: 1\n")
        #expect(try none.apiKey() == nil)
    }

    @Test(arguments: [
        "api_key_env: MISSING", "api_key_env: EMPTY", "api_key_file: missing", "api_key_env: [a]",
        "api_key_env: BROKEN", "api_key_env: KEY\napi_key_file: visavis.yaml",
    ])
    func aKeyThatIsNotThereIsAnError(yaml: String) throws {
        let environment = ["EMPTY": "", "BROKEN": "sk\r\nX-Evil: 1", "KEY": "sk"]
        let error = try #require(throws: SettingsError.self) {
            var section = try section(yaml, environment: environment)
            return try section.apiKey()
        }
        #expect(error.description.contains("api_key"))
        #expect(!error.description.contains("Evil"))
    }

    @Test(arguments: ["", "# nothing\n", "a:\n"])
    func emptyFilesAndSectionsAreEmpty(yaml: String) throws {
        var file = try section(yaml)
        var section = try file.section("a")
        #expect(section?.keys.isEmpty ?? true)
        try section?.finish()
        try file.finish()
        #expect(try section?.text("b") == nil)
    }

    @Test(arguments: ["3\n", "- a\n", "a: [\n"])
    func whatIsNoMappingIsAnError(yaml: String) throws {
        let error = try #require(throws: SettingsError.self) { try section(yaml) }
        guard case .notYAML = error else {
            Issue.record("\(error)")
            return
        }
    }
}
