/// Why an avatar cannot be loaded or written. Each names the file or the field, what was found and what was expected.
public enum AvatarError: Error, Equatable, CustomStringConvertible {
    /// No bundle has this id.
    case unknown(id: String, known: [String])
    /// The path is no folder.
    case noFolder(String)
    /// A file of the bundle is missing.
    case missingFile(String, purpose: String)
    /// The manifest is not JSON at all.
    case notJSON(file: String, reason: String)
    /// A field of the manifest is missing or has a value that it cannot have. `field` is a path like
    /// `clip.anchors[0]`.
    case field(file: String, field: String, found: String, expected: String)
    /// A file of the bundle does not fit to the manifest.
    case media(file: String, found: String, expected: String)
    /// A file of the bundle cannot be decoded or encoded; in the words of the video module, which name the file.
    case video(String)
    /// A file of the bundle cannot be read; in the system's words.
    case cannotRead(file: String, reason: String)
    /// A file of a new bundle cannot be written; in the system's words.
    case cannotWrite(file: String, reason: String)
    /// There is a bundle where a new one should be.
    case exists(String)
    /// The engine cannot move a face of this kind.
    case wrongFace(avatar: String, engine: String, found: Avatar.Kind, expected: Avatar.Kind)

    /// The error itself, or what the video module says.
    init(_ error: any Error) { self = error as? AvatarError ?? .video("\(error)") }

    /// What was found, and what was expected.
    public var description: String {
        switch self {
        case .unknown(let id, let known):
            "no avatar \"\(id)\"; there are: \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .noFolder(let path): "\(path): no folder; expected an avatar bundle with an avatar.json"
        case .missingFile(let file, let purpose): "\(file): missing; expected \(purpose)"
        case .notJSON(let file, let reason): "\(file): not JSON: \(reason)"
        case .field(let file, let field, let found, let expected):
            "\(file): \"\(field)\" is \(found); expected \(expected)"
        case .media(let file, let found, let expected): "\(file): \(found); expected \(expected)"
        case .video(let reason): reason
        case .cannotRead(let file, let reason): "\(file): cannot be read: \(reason)"
        case .cannotWrite(let file, let reason): "\(file): cannot be written: \(reason)"
        case .exists(let path): "\(path): exists; choose another name, or let it be replaced with --force"
        case .wrongFace(let avatar, let engine, let found, let expected):
            """
            the avatar "\(avatar)" has a \(found.rawValue) face, and the engine "\(engine)" needs a \
            \(expected.rawValue) one; choose \(Self.remedy(expected))
            """
        }
    }

    private static func remedy(_ kind: Avatar.Kind) -> String {
        switch kind {
        case .rigged: "an avatar with a rigged face, such as mira, or the engine musetalk"
        case .filmed: "an avatar that `visavis avatar create` made of a film, or the engine viseme"
        }
    }
}
