import HTTPTypes
import Hummingbird
import SessionArchive

/// In which form a client wants a session: by `?format=`, or else by `Accept`.
enum SessionFormat: String, CaseIterable {
    case json, text, srt, vtt

    /// Its media type, with the character set where it is text.
    var mediaType: String {
        switch self {
        case .json: "application/json; charset=utf-8"
        case .text: "text/plain; charset=utf-8"
        case .srt: "application/x-subrip; charset=utf-8"
        case .vtt: "text/vtt; charset=utf-8"
        }
    }

    /// Who writes it; nil for JSON.
    var transcript: TranscriptFormat? { TranscriptFormat(rawValue: rawValue) }

    init(of request: Request) throws(HTTPProblem) {
        if let name = request.uri.queryParameters["format"] {
            guard let format = Self(rawValue: String(name)) else {
                let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalid("format is \"\(name)\"; expected is one of \(known).", parameter: "format")
            }
            self = format
            return
        }
        // The first that is known: what clients want most they name first.
        let accepted = request.headers[values: .accept].flatMap { $0.split(separator: ",") }
            .map { $0.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() }
        let known = accepted.compactMap { type in Self.allCases.first { $0.mediaType.hasPrefix(type + ";") } }
        self = known.first ?? .json
    }
}
