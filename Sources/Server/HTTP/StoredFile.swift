import HTTPTypes
import Hummingbird

/// Bytes that are served as they are, and that clients may keep: they ask again with the entity tag.
struct StoredFile: Sendable {
    /// The media type.
    let contentType: String
    /// The strong entity tag, in quotes (RFC 9110, section 8.8.3): it changes with the bytes.
    let entityTag: String
    /// The bytes.
    let bytes: ByteBuffer

    init(_ bytes: [UInt8], contentType: String) {
        self.contentType = contentType
        self.bytes = ByteBuffer(bytes: bytes)
        entityTag = "\"\(String(Self.fingerprint(of: bytes), radix: 16))-\(String(bytes.count, radix: 16))\""
    }

    /// The file, or 304 if the client has it.
    func response(to request: Request) -> Response {
        var headers: HTTPFields = [.eTag: entityTag, .cacheControl: "no-cache"]
        let known = request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
        let isKnown = known.contains { tag in
            let tag = tag.drop { $0 == " " }
            return tag == "*" || tag == entityTag || tag == "W/\(entityTag)"
        }
        if isKnown { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = contentType
        headers[.xContentTypeOptions] = "nosniff"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: bytes))
    }

    /// FNV-1a over 64 bits: it has to tell versions of a file apart, not withstand an adversary.
    private static func fingerprint(of bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
