internal import Foundation

/// How a conversation is written down for people and players.
public enum TranscriptFormat: String, Sendable, CaseIterable {
    /// A line for each contribution, with the time.
    case text
    /// SubRip subtitles.
    case srt
    /// WebVTT subtitles, with the speakers' names as voices.
    case vtt

    /// Writes a conversation.
    public func transcript(of session: ArchivedSession, _ lines: [ArchivedLine]) -> String {
        switch self {
        case .text: text(of: session, lines)
        case .srt: srt(of: lines)
        case .vtt: vtt(of: lines)
        }
    }

    private func text(of session: ArchivedSession, _ lines: [ArchivedLine]) -> String {
        let head = "\(session.id), \(session.started.ISO8601Format())\n\n"
        return lines.reduce(into: head) { text, line in
            let words = line.text.isEmpty ? "(words not known)" : line.text
            let cut = line.status == "cancelled" ? " (interrupted)" : ""
            text += "[\(Self.time(line.startMs, separator: "."))] \(line.speaker.rawValue): \(words)\(cut)\n"
        }
    }

    private func srt(of lines: [ArchivedLine]) -> String {
        Caption.captions(of: lines).enumerated().reduce(into: "") { text, caption in
            let (number, caption) = (caption.offset + 1, caption.element)
            text += """
                \(number)
                \(Self.time(caption.startMs, separator: ",")) --> \(Self.time(caption.endMs, separator: ","))
                \(caption.text)


                """
        }
    }

    private func vtt(of lines: [ArchivedLine]) -> String {
        Caption.captions(of: lines).reduce(into: "WEBVTT\n\n") { text, caption in
            text += """
                \(Self.time(caption.startMs, separator: ".")) --> \(Self.time(caption.endMs, separator: "."))
                <v \(caption.speaker.rawValue)>\(Self.escaped(caption.text))


                """
        }
    }

    /// `hh:mm:ss` and milliseconds.
    private static func time(_ milliseconds: Int, separator: String) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let seconds = milliseconds / 1000
        return padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
            + separator + padded(milliseconds % 1000, 3)
    }

    /// WebVTT takes `&` and `<` for markup (W3C WebVTT, 4.2.2).
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
