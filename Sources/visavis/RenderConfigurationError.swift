/// Why a file for `visavis render --inference-config` cannot be carried out. Each names the file, the line and the
/// field, what was found and what was expected.
enum RenderConfigurationError: Error, Equatable, CustomStringConvertible {
    /// The file is missing, or not permitted, or no text.
    case unreadable(file: String)
    /// The file is no YAML; in the parser's words.
    case notYAML(file: String, reason: String)
    /// A value is not what it has to be. The field is empty for the whole file.
    case unexpected(file: String, line: Int, field: String, found: String, expected: String)
    /// There is no such field.
    case unknownField(file: String, line: Int, field: String, known: [String])
    /// A field is not there.
    case missingField(file: String, line: Int, field: String)
    /// What a path leads to is not there.
    case missingFile(file: String, line: Int, field: String, path: String, places: [String])
    /// The avatar is to be prepared, but is there.
    case alreadyPrepared(file: String, line: Int, avatar: String)
    /// The avatar should be there, and is not.
    case notPrepared(file: String, line: Int, avatar: String)

    /// What was found, and what was expected.
    var description: String {
        switch self {
        case .unreadable(let file): "\(file): cannot be read; expected a YAML file like MuseTalk's realtime.yaml"
        case .notYAML(let file, let reason): "\(file): no YAML: \(reason)"
        case .unexpected(let file, let line, let field, let found, let expected):
            "\(file):\(line): \(field.isEmpty ? "there" : "\"\(field)\"") is \(found); expected \(expected)"
        case .unknownField(let file, let line, let field, let known):
            "\(file):\(line): there is no \"\(field)\"; there are \(known.joined(separator: ", "))"
        case .missingField(let file, let line, let field): "\(file):\(line): \"\(field)\" is missing"
        case .missingFile(let file, let line, let field, let path, let places):
            """
            \(file):\(line): "\(field)" is "\(path)", which is no file; looked for \
            \(places.joined(separator: " and "))
            """
        case .alreadyPrepared(let file, let line, let avatar):
            """
            \(file):\(line): the avatar "\(avatar)" exists; set "\(avatar).preparation" to False to use it as it is, or \
            add --force to make it again
            """
        case .notPrepared(let file, let line, let avatar):
            """
            \(file):\(line): there is no avatar "\(avatar)"; set "\(avatar).preparation" to True to make it of its video
            """
        }
    }
}
