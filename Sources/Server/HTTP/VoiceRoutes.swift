import Hummingbird
import Responders

/// `/v1/voices`: who can read aloud.
struct VoiceRoutes {
    let voices: VoiceCatalog
    let defaultVoice: String

    private struct List: Encodable {
        struct Item: Encodable {
            let name: String
            let language: String
            let description: String
            let engine: String
        }
        let voices: [Item]
        let `default`: String
    }

    func add(to router: some RouterMethods<BasicRequestContext>) {
        let list = List(
            voices: voices.voices.map {
                List.Item(name: $0.name, language: $0.language, description: $0.description, engine: $0.engine)
            },
            default: defaultVoice)
        router.get("/v1/voices") { _, _ in try Response.json(list) }
    }
}
