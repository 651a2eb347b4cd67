/// Why an avatar cannot be loaded. Each names the file or the field, what was found and what was expected.
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
    /// `mouth.axes[0].values`.
    case field(file: String, field: String, found: String, expected: String)
    /// A file of the bundle does not fit to the manifest.
    case media(file: String, found: String, expected: String)
    /// A file of the bundle cannot be decoded or encoded; in the words of the video module, which name the file.
    case video(String)

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
        }
    }
}
