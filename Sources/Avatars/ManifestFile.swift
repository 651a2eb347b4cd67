import Foundation

/// A part of `avatar.json` that can say whether its values are possible.
protocol CheckedManifest: Decodable {
    /// - Throws: ``AvatarError/field(file:field:found:expected:)`` for the first that is not.
    func check(_ field: FieldCheck) throws(AvatarError)
}

/// A bundle's `avatar.json`.
struct ManifestFile {
    /// Its name in every bundle.
    static let name = "avatar.json"

    private let file: URL
    private let data: Data

    /// Reads it.
    init(in folder: URL) throws(AvatarError) {
        file = folder.appending(path: Self.name)
        guard AvatarLibrary.isFolder(folder) else { throw .noFolder(folder.path) }
        guard let data = try? Data(contentsOf: file) else {
            throw .missingFile(file.path, purpose: "the avatar's manifest")
        }
        self.data = data
    }

    /// What it says, checked.
    func decode<Manifest: CheckedManifest>(_ type: Manifest.Type) throws(AvatarError) -> Manifest {
        let manifest: Manifest
        do {
            manifest = try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw AvatarError(error, in: file)
        } catch {
            throw .notJSON(file: file.path, reason: "\(error)")
        }
        try manifest.check(FieldCheck(file: file.path))
        return manifest
    }
}

/// Checks single values of a manifest, and names the one that is wrong.
struct FieldCheck {
    /// The manifest's path.
    let file: String

    func expect(
        _ isGood: Bool, _ field: String, _ found: @autoclosure () -> Any, _ expected: @autoclosure () -> String
    ) throws(AvatarError) {
        guard isGood else { throw .field(file: file, field: field, found: "\(found())", expected: expected()) }
    }

    func expectSize(_ size: Int, _ field: String, within range: ClosedRange<Int>) throws(AvatarError) {
        try expect(
            range.contains(size) && size.isMultiple(of: 2), field, size,
            "an even number of pixels, \(range.lowerBound)…\(range.upperBound)")
    }

    func expectFileName(_ name: String, _ field: String) throws(AvatarError) {
        try expect(
            !name.isEmpty && !name.contains("/") && !name.hasPrefix("."), field, "\"\(name)\"",
            "the name of a file in the bundle")
    }
}

/// A whole number. Of 64.5 for an `Int`, `JSONDecoder` only says that it was not valid JSON, but not where.
@propertyWrapper
struct WholeNumber: Codable, Sendable {
    var wrappedValue: Int

    init(wrappedValue: Int) { self.wrappedValue = wrappedValue }

    init(from decoder: any Decoder) throws {
        let number = try decoder.singleValueContainer().decode(Double.self)
        guard let whole = Int(exactly: number) else {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(number)")
            throw DecodingError.typeMismatch(Int.self, context)
        }
        wrappedValue = whole
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}
