import RealtimeUpstream
import Responders

extension OfferedResponder {
    /// Another server that speaks the Realtime protocol.
    /// - Parameter voice: what the settings want, if it has it.
    init(_ settings: UpstreamSettings, voice: String) {
        let voices = settings.voices.map {
            OfferedVoice(
                name: $0, language: "mul", description: settings.model ?? settings.host, engine: "openai-realtime")
        }
        self.init(
            name: "openai-realtime", description: "Talks: \(settings.model ?? settings.host)", voices: voices,
            defaultVoice: settings.voices.contains(voice) ? voice : settings.voices.first ?? voice
        ) {
            try UpstreamResponder(settings)
        }
    }
}
