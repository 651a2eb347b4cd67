public import Foundation

/// A certificate for `localhost` that nobody but itself vouches for, made by openssl.
public final class SelfSignedCertificate: Sendable {
    private let folder: TemporaryFolder

    /// The certificate, PEM.
    public var file: URL { folder.url.appending(path: "certificate.pem") }
    /// Its private key, PEM.
    public var key: URL { folder.url.appending(path: "key.pem") }

    /// Makes one.
    /// - Throws: `CocoaError` if openssl cannot.
    public init() throws {
        folder = try TemporaryFolder()
        let openssl = try ChildProcess(
            URL(filePath: "/usr/bin/openssl"),
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                "-out", file.path, "-keyout", key.path,
            ],
            errors: folder.url.appending(path: "errors"))
        guard openssl.waitForExit() == 0 else { throw CocoaError(.executableLoad) }
    }
}
