/// Why a model cannot be used, imported or fetched. Each names the thing, what was found and what to do.
public enum ModelError: Error, Equatable, CustomStringConvertible {
    /// No model has this name.
    case unknown(name: String, known: [String])
    /// The path is no model directory.
    case noModel(String)
    /// The manifest is not JSON at all, or lacks something.
    case manifest(file: String, reason: String)
    /// A field of the manifest has a value that it cannot have. `field` is a path like `graphs.face.file`.
    case field(file: String, field: String, found: String, expected: String)
    /// A file of the model is missing.
    case missingFile(String)
    /// A file of the model is not the one that was imported.
    case wrongSize(file: String, found: Int, expected: Int)
    /// A file's bytes are not the ones that were imported or published.
    case wrongChecksum(file: String, found: String, expected: String)
    /// There is something already where the model would go.
    case alreadyThere(String)
    /// A file cannot be read or written, in the system's words.
    case file(String, reason: String)
    /// There is no Python that can import models.
    case python(String)
    /// The files to be imported are not what they should be. `kind` is `missing`, `damaged`, `refused` (a checkpoint
    /// that asks to run code), `architecture` or `exists`.
    case badSource(kind: String, message: String)
    /// The importer itself failed; the end of what it said.
    case importer(String)
    /// A file cannot be fetched.
    case download(url: String, reason: String)

    /// What was found, and what was expected.
    public var description: String {
        switch self {
        case .unknown(let name, let known):
            "no model \"\(name)\"; there are: \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .noModel(let path):
            "\(path): no model; expected a folder with a manifest.json, as `visavis models import` makes it"
        case .manifest(let file, let reason): "\(file): \(reason)"
        case .field(let file, let field, let found, let expected):
            "\(file): \"\(field)\" is \(found); expected \(expected)"
        case .missingFile(let file): "\(file): missing; import the model again"
        case .wrongSize(let file, let found, let expected):
            "\(file): \(found) bytes; expected \(expected). It is cut short or another file; import the model again"
        case .wrongChecksum(let file, let found, let expected):
            "\(file): SHA-256 is \(found); expected \(expected). It is damaged or another file; get it again"
        case .alreadyThere(let path): "\(path): there already; remove it, or choose another place with --to"
        case .file(let path, let reason): "\(path): \(reason)"
        case .python(let reason): reason
        case .badSource(_, let message): message
        case .importer(let message): "the importer failed: \(message)"
        case .download(let url, let reason): "\(url): \(reason)"
        }
    }
}
