import Foundation
import TestSupport
import Testing

@testable import Chat

/// Recognition, a language model and synthesis that misbehave as told, in a process of their own; see
/// `Tests/StandInServices/stand_in_services.py`.
final class StandInServices: Sendable {
    private let folder: TemporaryFolder
    private let process: ChildProcess
    private let port: Int
    private let certificate: SelfSignedCertificate?

    /// - Parameter certificate: what to show clients; nil for no TLS.
    init(certificate: SelfSignedCertificate? = nil) throws {
        self.certificate = certificate
        folder = try TemporaryFolder()
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "StandInServices/stand_in_services.py")
        let portFile = folder.url.appending(path: "port")
        process = try ChildProcess(
            URL(filePath: "/usr/bin/python3"),
            ["-B", script.path, portFile.path] + (certificate.map { [$0.file.path, $0.key.path] } ?? []),
            output: folder.url.appending(path: "requests"))
        var found: Int?
        while found == nil, process.isRunning {
            found = (try? String(contentsOf: portFile, encoding: .utf8)).flatMap { Int($0) }
            if found == nil { usleep(10_000) }
        }
        port = try #require(found)
    }

    deinit { process.terminate() }

    /// A service with a fault; none if empty.
    func service(_ model: String, _ fault: String = "") throws -> ServiceSettings {
        let origin = certificate == nil ? "http://127.0.0.1" : "https://localhost"
        let base = "\(origin):\(port)\(fault.isEmpty ? "" : "/" + fault)/v1"
        var settings = ServiceSettings(baseURL: try #require(URL(string: base)), model: model)
        // A busy machine is no stall.
        settings.patience = fault == "stall" ? .milliseconds(700) : .seconds(120)
        return settings
    }

    /// A chat whose parts have these faults.
    func chat(hearing: String = "", thinking: String = "", speaking: String = "") throws -> ChatResponder {
        var settings = ChatSettings(languageModel: LanguageModelSettings(service: try service("small", thinking)))
        settings.transcription = TranscriptionSettings(service: try service("hearing", hearing))
        var synthesis = SynthesisSettings(service: try service("tts", speaking), voices: ["nova"])
        synthesis.sampleRate = 16_000
        settings.synthesis = synthesis
        return ChatResponder(settings)
    }

    /// A request that came.
    struct Request: Decodable {
        struct Asked: Decodable {
            struct Message: Decodable {
                let role: String
                let content: String?
            }
            let input: String?
            let messages: [Message]?
            let file: Int?
        }
        let path: String
        /// The client's port: requests over the same connection have the same.
        let port: Int
        let asked: Asked
    }

    /// The requests so far.
    var requests: [Request] {
        let lines = (try? Data(contentsOf: folder.url.appending(path: "requests"))) ?? Data()
        let decoder = JSONDecoder()
        return lines.split(separator: UInt8(ascii: "\n")).compactMap { try? decoder.decode(Request.self, from: $0) }
    }
}
