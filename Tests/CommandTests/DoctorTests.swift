import Chat
import Engines
import Foundation
import Inference
import Responders
import Server
import Settings
import TestSupport
import Testing

@testable import visavis

@Suite(.timeLimit(.minutes(10))) struct DoctorTests {
    private func findings(_ change: (inout ServerSettings) -> Void = { _ in }) async -> [Finding] {
        var settings = ServerSettings()
        settings.port = 0
        change(&settings)
        return await Examination(settings: .success(settings)).findings()
    }

    @Test func nothingIsMissingWhereTheTestsRun() async {
        let findings = await findings()
        #expect(findings.filter { $0.status == .missing } == [])
        for name in ["settings", "video", "voice", "avatar", "inference", "page", "address"] {
            #expect(findings.contains { $0.name == name && $0.status == .ok }, "\(name)")
        }
        // Memory may be short while tests run.
        for name in ["machine", "processor", "gpu"] { #expect(findings.contains { $0.name == name }, "\(name)") }
    }

    @Test func aServiceThatIsNotThereIsAWarning() async throws {
        let service = ServiceSettings(baseURL: try #require(URL(string: "http://127.0.0.1:1/v1")), model: "small")
        var chat = ChatSettings(languageModel: LanguageModelSettings(service: service))
        chat.synthesis = SynthesisSettings(service: service, voices: ["nova"])
        let findings = await findings { [chat] in
            $0.responders.chat = chat
            $0.voice = "nova"
        }
        #expect(findings.filter { $0.status == .missing } == [])
        let services = findings.filter { $0.name == "chat" }
        #expect(services.count == 2 && services.allSatisfy { $0.status == .warning && $0.found.contains("refused") })
    }

    @Test func anAvatarThatIsNotThereIsMissing() async {
        let finding = await findings { $0.avatar = "nobody" }.first { $0.status == .missing }
        #expect(finding?.name == "avatar")
        #expect(finding?.found.contains("nobody") == true)
        #expect(finding?.remedy?.contains("--avatar") == true)
    }

    @Test func aVoiceThatIsNotThereIsMissing() async {
        let finding = await findings { $0.voice = "nobody" }.first { $0.status == .missing }
        #expect(finding?.name == "voice")
        #expect(finding?.found.contains("nobody") == true)
        #expect(finding?.remedy?.contains("--voice") == true && finding?.remedy?.contains("slt") == true)
        #expect(finding?.remedy?.contains("apt-get") == false)
    }

    @Test func aVoiceThatDoesNotSpeakNeedsItsOwnLibrary() {
        for voice in VoiceCatalog.standard.voices {
            let package = voice.engine == "flite" ? "flite1-dev" : "espeak-ng-data"
            #expect(Examination.remedy(forVoice: voice.name).contains("apt-get install \(package)"), "\(voice.name)")
        }
    }

    @Test func theVoiceOfTheSettingsIsTheOneThatIsTried() async throws {
        let other = try #require(VoiceCatalog.standard.voices.last)
        let finding = await findings { $0.voice = other.name }.first { $0.name == "voice" }
        #expect(finding?.status == .ok && finding?.found.hasPrefix("\(other.name) speaks") == true)
    }

    @Test func aDeviceThatIsNotThereIsMissingWhereTheNeuralEngineIsWanted() async {
        let wanted = await findings {
            $0.engine.engine = .musetalk
            $0.engine.devices = [.cuda(99)]
        }
        let finding = wanted.first { $0.name == "inference" }
        #expect(finding?.status == .missing)
        #expect(finding?.found.contains("filmed avatars cannot speak") == true)
        let unwanted = await findings { $0.engine.devices = [.cuda(99)] }.first { $0.name == "inference" }
        #expect(unwanted?.status == .warning)
    }

    @Test func eachGPUIsShownWithItsMemory() async throws {
        let stand = try StandInNVML("count 2\nname NVIDIA Stand-in\nmemory 85899345920 0 80530636800\nutilisation 85\n")
        let examination = Examination(settings: .success(ServerSettings()))
        let findings = examination.gpus(wanted: [], environment: stand.environment)
        #expect(findings.map(\.status) == [.warning, .warning], "94% is in use")
        #expect(findings.last?.found == "1: NVIDIA Stand-in 1, 85% busy, 75.0 of 80.0 GiB in use (the GPU's own)")
        try stand.set("memory 100 50 50\n")
        #expect(examination.gpus(wanted: [], environment: stand.environment).first?.status == .ok)
        try stand.set("memory 0 0 0\n")
        let broken = examination.gpus(wanted: [], environment: stand.environment)
        #expect(broken.first?.status == .warning && broken.first?.found.contains("0 of 0 bytes") == true)
    }

    @Test func aGPUThatCannotBeWatchedIsAWarningWhereItIsWanted() {
        let examination = Examination(settings: .success(ServerSettings()))
        let nowhere = ["VISAVIS_NVML": "/nowhere/libnvidia-ml.so"]
        let finding = examination.gpus(wanted: [.cuda(0)], environment: nowhere).first
        #expect(finding?.status == .warning && finding?.found.contains("/nowhere/libnvidia-ml.so") == true)
    }

    @Test func anAddressThatCannotBeHadIsAWarning() async {
        let finding = await findings { $0.host = "192.0.2.1" }.first { $0.name == "address" }
        #expect(finding?.status == .warning)
    }

    @Test func brokenSettingsAreMissing() async {
        let error = SettingsError.unknown(name: "prot", source: "visavis.yaml:1", nearest: "port")
        let finding = await Examination(settings: .failure(error)).findings().first { $0.name == "settings" }
        #expect(finding?.status == .missing)
        #expect(finding?.found.contains("visavis.yaml:1") == true)
    }

    @Test func coloursAreForTerminals() {
        let finding = Finding.missing("video", "no encoder", remedy: "apt-get install libavcodec-dev")
        let plain = finding.lines(coloured: false)
        #expect(plain.count == 2 && plain[1].contains("apt-get install"))
        #expect(!plain.joined().contains("\u{1B}"))
        #expect(finding.lines(coloured: true)[0].contains("\u{1B}[31m"))
    }
}
