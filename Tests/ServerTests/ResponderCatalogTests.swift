import Foundation
import Responders
import Settings
import TestSupport
import Testing

@testable import Server

/// Which responders are offered, with which voices, and how a client chooses.
@Suite(.timeLimit(.minutes(10))) struct ResponderCatalogTests {
    /// The settings of a `visavis.yaml`.
    static func settings(_ yaml: String, environment: [String: String] = [:]) throws -> ServerSettings {
        let folder = try TemporaryFolder()
        let file = try folder.file("visavis.yaml", Data(yaml.utf8))
        return try ServerSettings(flags: [:], environment: environment, file: file)
    }

    static let chat = """
        responders:
          chat:
            language_model:
              base_url: http://127.0.0.1:1/v1
              model: small
              api_key_env: CHAT_KEY
            synthesis:
              base_url: http://127.0.0.1:1/v1
              model: tts
              voices: [nova, echo]
        """

    private func json(_ path: String, _ server: TestServer) async throws -> [String: Any] {
        let body = try await RawClient.connect(port: server.port) { try await $0.get(path).body }
        return try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
    }

    @Test func onlyWhatIsSetUpIsOffered() throws {
        let plain = try ResponderCatalog(ServerSettings(), voices: .standard)
        #expect(plain.offers.map(\.name) == ["auto", "echo", "speak"])
        #expect(plain.standard.name == "auto" && plain.standard.defaultVoice == VoiceCatalog.defaultVoice)
        let settings = try Self.settings("responder: chat\n" + Self.chat, environment: ["CHAT_KEY": "sk-x"])
        let catalog = try ResponderCatalog(settings, voices: .standard)
        #expect(catalog.offers.map(\.name) == ["auto", "echo", "speak", "chat"])
        #expect(catalog.standard.name == "chat")
        #expect(catalog.standard.voices.map(\.name) == ["nova", "echo"] && catalog.standard.defaultVoice == "nova")
        #expect(!"\(settings)".contains("sk-x"), "keys are not printed")
    }

    @Test func theVoiceOfTheSettingsIsTheDefaultOfThoseWhoHaveIt() throws {
        let yaml = "voice: echo\n" + Self.chat
        let catalog = try ResponderCatalog(
            try Self.settings(yaml, environment: ["CHAT_KEY": "sk-x"]), voices: .standard)
        #expect(catalog.offers.map(\.defaultVoice) == ["slt", "slt", "slt", "echo"])
    }

    @Test func namesThatDoNotExistAreErrors() throws {
        var settings = ServerSettings()
        settings.responder = "chat"
        #expect(throws: StageError.unknownResponder("chat", known: ["auto", "echo", "speak"])) {
            try ResponderCatalog(settings, voices: .standard)
        }
        settings.responder = "auto"
        settings.voice = "nobody"
        #expect(throws: StageError.self) { try ResponderCatalog(settings, voices: .standard) }
    }

    @Test(arguments: [
        (Self.chat, "api_key_env"), ("responders:\n  chatt:\n    a: 1\n", "responders.chatt"),
        ("responders:\n  chat:\n", "language_model"),
        (Self.chat.replacing("base_url: http:", with: "base_url: file:"), "base_url"),
        (Self.chat.replacing("model: tts", with: "modle: tts"), "model"),
        (Self.chat.replacing("model: small", with: "model: small\n      temprature: 1"), "temperature"),
    ])
    func whatIsWrongIsNamedWithItsLine(yaml: String, name: String) throws {
        let error = try #require(throws: SettingsError.self) { try Self.settings(yaml) }
        #expect(error.description.contains(name) || "\(error)".contains("api_key_env"), "\(error)")
        #expect(error.description.contains("visavis.yaml:"))
    }

    @Test func clientsSeeThemAndChoose() async throws {
        let settings = try Self.settings(Self.chat, environment: ["CHAT_KEY": "sk-x"])
        try await TestServer.run(settings) { server async throws in
            let list = try await json("/v1/responders", server)
            #expect(list["default"] as? String == "auto")
            let responders = try #require(list["responders"] as? [[String: Any]])
            #expect(responders.allSatisfy { Set($0.keys) == ["name", "description", "voices", "default_voice"] })
            let voices = try await json("/v1/voices?responder=chat", server)
            #expect((voices["voices"] as? [[String: String]])?.compactMap { $0["name"] } == ["nova", "echo"])
            #expect(voices["default"] as? String == "nova")

            try await RawClient.webSocket(port: server.port, path: "/v1/realtime?responder=chat") { client in
                let created = try await client.event("session.created")
                #expect(created.contains(#""model":"chat""#) && created.contains(#""voice":"nova""#))
                try await client.send(
                    text: #"{"type":"session.update","session":{"audio":{"output":{"voice":"slt"}}}}"#)
                #expect(try await client.event("error").contains("voice"))
            }
        }
    }

    @Test(arguments: [
        "/v1/voices?responder=nobody", "/v1/realtime?responder=nobody", "/v1/realtime?responder=echo&voice=nova",
    ])
    func whatIsNotOfferedIsNotFound(path: String) async throws {
        try await TestServer.run { server async throws in
            let head = try await RawClient.connect(port: server.port) { try await $0.get(path).head }
            #expect(head.hasPrefix("HTTP/1.1 404"))
        }
    }
}
