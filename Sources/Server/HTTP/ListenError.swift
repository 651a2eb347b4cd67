import Foundation
import NIOCore

/// Why the server cannot listen where it was told to.
public enum ListenError: Error, Equatable, CustomStringConvertible {
    /// Another program listens there.
    case portInUse(host: String, port: Int)
    /// The port needs privileges that the program does not have.
    case notPermitted(host: String, port: Int)
    /// The address is not one of this machine's, or not an address at all.
    case unusable(host: String, port: Int, reason: String)

    /// What an attempt to listen threw.
    init(_ error: any Error, host: String, port: Int) {
        guard let error = error as? IOError else {
            self = .unusable(host: host, port: port, reason: "\(error)")
            return
        }
        switch error.errnoCode {
        case EADDRINUSE: self = .portInUse(host: host, port: port)
        case EACCES, EPERM: self = .notPermitted(host: host, port: port)
        default: self = .unusable(host: host, port: port, reason: String(cString: strerror(error.errnoCode)))
        }
    }

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .portInUse(let host, let port):
            "\(host):\(port) is in use by another program. Stop that program (`ss -ltnp 'sport = :\(port)'` names it), "
                + "or choose another port: `visavis serve --port \(port + 1)`."
        case .notPermitted(let host, let port):
            "Listening on \(host):\(port) is not permitted. Choose a port above 1023: `visavis serve --port 8080`."
        case .unusable(let host, let port, let reason):
            "Cannot listen on \(host):\(port): \(reason). `--host` takes an address of this machine: 127.0.0.1 for "
                + "itself alone, 0.0.0.0 for everybody."
        }
    }
}
