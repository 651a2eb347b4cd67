public import Foundation
internal import NIOCore
public import NIOSSL

/// Connections to services: whose certificates are trusted, and why there is none, in words for people.
public enum ServiceConnection {
    /// How to speak TLS with a service.
    /// - Parameter certificates: a file of certificates (PEM) to trust instead of the system's.
    public static func tls(trusting certificates: URL?) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let certificates { configuration.trustRoots = .file(certificates.path) }
        return configuration
    }

    /// True if there are certificates in a file.
    public static func areCertificates(in file: URL) -> Bool {
        (try? NIOSSLCertificate.fromPEMFile(file.path))?.isEmpty == false
    }

    /// Why there is no connection to a service.
    public static func reason(of error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case NIOSSLError.handshakeFailed(let error): refusal(name(of: error))
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            refusal("its certificate is for another name")
        default: "\(error)"
        }
    }

    private static func refusal(_ reason: String) -> String {
        "TLS could not be agreed on (\(reason)). A server without TLS has an address that begins with ws:// or http://; "
            + "the authority behind a certificate of your own is named by `certificates`"
    }

    /// BoringSSL names its reason in the middle of a line that is for its developers:
    /// `Error: 268435703 error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER at …`.
    private static func name(of error: BoringSSLError) -> String {
        let words = "\(error)".split(separator: "OPENSSL_internal:")
        let name = words.dropFirst().first?.prefix { $0.isUppercase || $0 == "_" }
        return name.map { $0.lowercased().replacing("_", with: " ") } ?? "\(error)"
    }
}
