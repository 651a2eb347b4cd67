import Foundation

/// What `avator_info.json` says of a prepared avatar; the name is MuseTalk's.
struct MuseTalkInfo: Decodable {
    /// The avatar's name.
    var avatar: String?
    /// `v15` or `v1`; LiveTalking, which works with 1.5, leaves it out.
    var version: String?

    enum CodingKeys: String, CodingKey {
        case avatar = "avatar_id"
        case version
    }

    /// Reads it.
    /// - Throws: ``MuseTalkFolderError``.
    init(contentsOf file: URL) throws(MuseTalkFolderError) {
        guard let data = try? Data(contentsOf: file) else {
            throw .missing(file: file.path, purpose: "the avatar's description")
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: data)
        } catch {
            throw .description(
                file: file.path, found: "no JSON object with an \"avatar_id\" in quotes",
                expected: "what MuseTalk writes, e.g. {\"avatar_id\": \"avator_1\", \"version\": \"v15\"}")
        }
        guard modelVersion != nil else {
            throw .description(
                file: file.path, found: "the version \((version ?? "").prefix(40).debugDescription)",
                expected: "\"v15\" or \"v1\"")
        }
    }

    /// The model's version as this project writes it; nil for one that is not known.
    var modelVersion: String? {
        switch version {
        case "v15", nil: "1.5"
        case "v1": "1.0"
        default: nil
        }
    }
}
