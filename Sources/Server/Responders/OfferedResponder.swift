import Engines
import Responders

/// A responder that sessions may choose, and the voices that it has.
struct OfferedResponder: Sendable {
    /// The name by which clients and settings choose it.
    let name: String
    /// A few words for people.
    let description: String
    /// In the order in which people should see them; never empty.
    let voices: [OfferedVoice]
    /// The voice of sessions that choose none.
    let defaultVoice: String
    /// Made when the first session asks for it: models take seconds to load.
    private let responder: OnDemand<any Responder>

    init(
        name: String, description: String, voices: [OfferedVoice], defaultVoice: String,
        make: @escaping @concurrent @Sendable () async throws -> any Responder
    ) {
        self.name = name
        self.description = description
        self.voices = voices
        self.defaultVoice = defaultVoice
        responder = OnDemand(make)
    }

    /// A responder that needs no loading.
    init(_ responder: any Responder, description: String, voices: [OfferedVoice], defaultVoice: String) {
        self.init(name: responder.name, description: description, voices: voices, defaultVoice: defaultVoice) {
            responder
        }
    }

    /// Whether it has a voice of this name.
    func hasVoice(_ name: String) -> Bool { voices.contains { $0.name == name } }

    /// The responder itself.
    func load() async throws(ResponderUnavailable) -> any Responder {
        do {
            return try await responder.value()
        } catch {
            throw ResponderUnavailable(name: name, reason: "\(error)")
        }
    }
}

/// A voice that a responder speaks with.
struct OfferedVoice: Sendable, Equatable, Encodable {
    /// The name by which sessions choose it.
    var name: String
    /// What it speaks, a BCP 47 tag; `mul` for many languages.
    var language: String
    /// A few words for people.
    var description: String
    /// What speaks: a library, or the responder whose service does.
    var engine: String
}

extension OfferedVoice {
    /// A voice that comes with Visavis.
    init(_ voice: Voice) {
        self.init(
            name: voice.name, language: voice.language, description: voice.description, engine: voice.engine)
    }
}

/// A responder that is offered cannot be had.
struct ResponderUnavailable: Error, Equatable, CustomStringConvertible {
    /// Which one.
    let name: String
    /// Why, in the words of who found out.
    let reason: String

    /// What was found, and what to do.
    var description: String {
        "The responder \"\(name)\" cannot be had: \(reason) Mend that and connect again, or choose another responder."
    }
}
