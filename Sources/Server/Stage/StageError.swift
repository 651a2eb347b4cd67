/// Settings that name something that does not exist.
public enum StageError: Error, Equatable, CustomStringConvertible {
    /// There is no such responder.
    case unknownResponder(String, known: [String])
    /// A responder is made of another one that is not set up.
    case missingResponder(String, of: String)
    /// There is no such voice.
    case unknownVoice(String, known: [String])

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .unknownResponder(let name, let known):
            "There is no responder \"\(name)\"; the setting `responder` takes one of \(known.joined(separator: ", "))."
        case .missingResponder(let name, let owner):
            "The responder \"\(owner)\" is to answer with \"\(name)\", which is not set up; add the section "
                + "`responders: \(name)` to the settings."
        case .unknownVoice(let name, let known):
            "There is no voice \"\(name)\"; the setting `voice` takes one of \(known.joined(separator: ", "))."
        }
    }
}
