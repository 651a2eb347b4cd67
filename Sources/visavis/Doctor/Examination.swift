import Audio
import Avatars
import Chat
import Engines
import Foundation
import Responders
import Server
import Video

/// Looks at everything that `visavis serve` and `visavis render` need, by using it.
struct Examination {
    /// The settings that `visavis serve` would start with, or what is wrong with them.
    let settings: Result<ServerSettings, any Error>

    /// All findings, in the order in which things are needed.
    func findings() async -> [Finding] {
        var findings = [.ok("machine", ProcessInfo.processInfo.operatingSystemVersionString), await processor()]
        let configuration = configuration()
        let settings = (try? settings.get()) ?? ServerSettings()
        findings += gpus(wanted: settings.engine.devices) + [configuration]
        findings.append(video())
        // A voice of a service is looked at with the service.
        let isEmbedded = settings.responders.chat?.synthesis?.voices.contains(settings.voice) != true
        findings.append(await voice(isEmbedded ? settings.voice : VoiceCatalog.defaultVoice, isRequired: true))
        if let other = VoiceCatalog.standard.voices.first(where: { $0.engine != "flite" })?.name {
            findings.append(await voice(other, isRequired: false))
        } else {
            findings.append(
                .warning(
                    "languages", "this build speaks English alone",
                    remedy: "build with the trait ESpeakNG, which is on by default: `make build`"))
        }
        findings.append(listening(settings.speechDetector))
        if settings.responders.local != nil { findings.append(localSpeech()) }
        findings += await avatars(settings.avatar)
        findings.append(inference(settings.engine))
        findings += await responders(settings.responders)
        findings.append(page())
        findings.append(await address(settings))
        return findings
    }

    private func configuration() -> Finding {
        switch settings {
        case .success: .ok("settings", "every setting is known and in its range")
        case .failure(let error):
            .missing("settings", "\(error)", remedy: "correct it; visavis.example.yaml documents every setting")
        }
    }

    private func video() -> Finding {
        do {
            let encoder = try H264Encoder(H264Settings(width: 64, height: 64, fps: 25))
            let frame = try encoder.encode(PixelBuffer(width: 64, height: 64))
            return .ok("video", "libx264 encodes (\(frame.codec ?? "H.264"))")
        } catch {
            return .missing("video", "\(error)", remedy: "apt-get install libavcodec-dev libx264-dev")
        }
    }

    private func voice(_ name: String, isRequired: Bool) async -> Finding {
        let title = isRequired ? "voice" : "languages"
        do {
            let known = VoiceCatalog.standard.voices
            let voice = try VoiceCatalog.standard.voice(named: name)
            let seconds = try await secondsSpoken(by: name)
            guard seconds > 0.1 else { throw ResponderError.voiceFailed(voice: name, reason: "it says nothing") }
            let others = isRequired ? "" : ", \(Set(known.map(\.language)).count) languages in all"
            return .ok(title, "\(name) speaks (\(voice.description)\(others))")
        } catch {
            let remedy = Self.remedy(forVoice: name)
            return isRequired
                ? .missing(title, "\(error)", remedy: remedy) : .warning(title, "\(error)", remedy: remedy)
        }
    }

    /// What to do about a voice that does not speak: install the library behind it, or choose one that exists.
    static func remedy(forVoice name: String) -> String {
        let voices = VoiceCatalog.standard.voices
        switch voices.first(where: { $0.name == name })?.engine {
        case "flite": return "apt-get install flite1-dev"
        case "espeak-ng": return "apt-get install espeak-ng-data libespeak-ng1"
        default: return "choose one with --voice (\(voices.prefix(4).map(\.name).joined(separator: ", ")), …)"
        }
    }

    private func secondsSpoken(by voice: String) async throws -> Double {
        let turn = Turn(speaker: .user, text: "123")  // Digits: every language can read them.
        var samples = 0
        for try await piece in try SpeakResponder().respond(to: Conversation(turns: [turn], voice: voice)) {
            if case .speech(let speech) = piece { samples += speech.count }
        }
        return SpeechFormat.seconds(ofSample: samples)
    }

    private func avatars(_ chosen: String) async -> [Finding] {
        let library = AvatarLibrary()
        var findings: [Finding] = []
        do {
            let avatar = try await library.load(chosen)
            findings.append(
                .ok(
                    "avatar",
                    "\(avatar.id) is loaded (\(avatar.name), \(avatar.width)×\(avatar.height), "
                        + "\(avatar.frameCount) frames)"))
        } catch {
            findings.append(
                .missing(
                    "avatar", "\(error)",
                    remedy: "choose another one with --avatar, or restore the bundle: `git checkout Sources/Avatars`"))
        }
        for entry in library.list() where entry.id != chosen {
            do {
                _ = try await library.load(entry.id)
                findings.append(.ok("avatar", "\(entry.id) is loaded (\(entry.name))"))
            } catch {
                findings.append(.warning("avatar", "\(error)", remedy: "restore the bundle, or remove it"))
            }
        }
        return findings
    }

    private func page() -> Finding {
        do {
            return .ok("page", "\(try VisavisServer.pageFileCount()) files")
        } catch {
            return .missing("page", "\(error)", remedy: "make build")
        }
    }

    private func address(_ settings: ServerSettings) async -> Finding {
        do {
            try await VisavisServer.checkAddress(host: settings.host, port: settings.port)
            return .ok("address", "\(settings.host):\(settings.port) is free")
        } catch {
            return .warning("address", "\(error)", remedy: "nothing, if that is Visavis itself")
        }
    }
}
