import NIOCore

/// A form with a file (RFC 7578).
struct MultipartForm {
    private let boundary: String
    private var body = ByteBuffer()

    init() {
        boundary = "visavis-" + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// The value of the header `Content-Type`.
    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// A field of text.
    mutating func append(_ name: String, _ value: String) {
        body.writeString("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
    }

    /// A file.
    mutating func append(_ name: String, fileName: String, contentType: String, _ bytes: ByteBuffer) {
        body.writeString(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\n"
                + "Content-Type: \(contentType)\r\n\r\n")
        body.writeImmutableBuffer(bytes)
        body.writeString("\r\n")
    }

    /// The form as it is sent.
    func finished() -> ByteBuffer {
        var body = body
        body.writeString("--\(boundary)--\r\n")
        return body
    }
}
