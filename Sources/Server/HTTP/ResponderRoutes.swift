import Hummingbird

/// `/v1/responders`: what can answer, and `/v1/voices`: with whose voice.
struct ResponderRoutes {
    let responders: ResponderCatalog

    private struct ResponderList: Encodable {
        struct Item: Encodable {
            let name: String
            let description: String
            let voices: [OfferedVoice]
            let defaultVoice: String

            enum CodingKeys: String, CodingKey {
                case name, description, voices
                case defaultVoice = "default_voice"
            }
        }
        let responders: [Item]
        let `default`: String
    }

    private struct VoiceList: Encodable {
        let voices: [OfferedVoice]
        let `default`: String
    }

    func add(to router: some RouterMethods<BasicRequestContext>) {
        let list = ResponderList(
            responders: responders.offers.map {
                .init(name: $0.name, description: $0.description, voices: $0.voices, defaultVoice: $0.defaultVoice)
            },
            default: responders.standard.name)
        router.get("/v1/responders") { _, _ in try Response.json(list) }
        router.get("/v1/voices") { [responders] request, _ in
            let responder = try responders.responder(named: request.uri.queryParameters["responder"])
            return try Response.json(VoiceList(voices: responder.voices, default: responder.defaultVoice))
        }
    }
}
