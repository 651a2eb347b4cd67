import Responders
import Scripting

/// The responders that a server offers: the embedded ones, and those that its settings set up.
struct ResponderCatalog: Sendable {
    /// In the order in which people should see them.
    let offers: [OfferedResponder]
    /// The one of sessions that choose none.
    let standard: OfferedResponder

    /// - Parameter voices: those that come with Visavis.
    /// - Throws: ``StageError`` if the settings name a responder or a voice that does not exist.
    init(_ settings: ServerSettings, voices: VoiceCatalog) throws(StageError) {
        let embedded = voices.voices.map { OfferedVoice($0) }
        let voice = embedded.contains { $0.name == settings.voice } ? settings.voice : VoiceCatalog.defaultVoice
        var offers = [
            OfferedResponder(
                AutoResponder(voices: voices), description: "Repeats speech, reads text aloud",
                voices: embedded, defaultVoice: voice),
            OfferedResponder(
                EchoResponder(), description: "Repeats speech", voices: embedded, defaultVoice: voice),
            OfferedResponder(
                SpeakResponder(voices: voices), description: "Reads text aloud", voices: embedded,
                defaultVoice: voice),
        ]
        let responders = settings.responders
        if let chat = responders.chat {
            offers.append(OfferedResponder(chat, voice: settings.voice, embedded: embedded))
        }
        if let script = responders.script {
            offers.append(
                OfferedResponder(
                    ScriptResponder(script, voices: voices), description: "Answers by rules", voices: embedded,
                    defaultVoice: voice))
        }
        if let local = responders.local {
            offers.append(
                try OfferedResponder(local, among: responders, voice: settings.voice, embedded: embedded))
        }
        if let upstream = responders.upstream {
            offers.append(OfferedResponder(upstream, voice: settings.voice))
        }

        guard let standard = offers.first(where: { $0.name == settings.responder }) else {
            throw .unknownResponder(settings.responder, known: offers.map(\.name))
        }
        guard offers.contains(where: { $0.hasVoice(settings.voice) }) else {
            throw .unknownVoice(settings.voice, known: standard.voices.map(\.name))
        }
        self.offers = offers
        self.standard = standard
    }

    /// The responder of this name; the standard one if nil.
    /// - Throws: ``HTTPProblem`` if there is none.
    func responder(named name: (some StringProtocol)?) throws(HTTPProblem) -> OfferedResponder {
        guard let name else { return standard }
        guard let responder = offers.first(where: { $0.name == name }) else {
            throw .notFound("There is no responder \"\(name)\"; /v1/responders lists them.", parameter: "responder")
        }
        return responder
    }
}
