import Foundation
@testable import SessionArchive
import Testing

@Suite("Transcripts")
struct TranscriptFormatTests {
    private let session = ArchivedSession(
        id: "sess_1", avatar: "mira", responder: "auto", started: Date(timeIntervalSince1970: 0))
    private let lines = [
        ArchivedLine(itemID: "1", speaker: .user, text: "1 < 2 & 3?", startMs: 61_005, endMs: 61_005),
        ArchivedLine(itemID: "2", speaker: .user, text: "", startMs: 62_000, endMs: 63_000),
        ArchivedLine(
            itemID: "3", speaker: .assistant, text: "Yes.", startMs: 3_600_000, endMs: 3_601_500, status: "cancelled"),
    ]

    @Test("are lines with times for people")
    func text() {
        #expect(
            TranscriptFormat.text.transcript(of: session, lines) == """
                sess_1, 1970-01-01T00:00:00Z

                [00:01:01.005] user: 1 < 2 & 3?
                [00:01:02.000] user: (words not known)
                [01:00:00.000] assistant: Yes. (interrupted)

                """)
    }

    @Test("are subtitles for players")
    func subtitles() {
        #expect(
            TranscriptFormat.srt.transcript(of: session, lines) == """
                1
                00:01:01,005 --> 00:01:02,005
                1 < 2 & 3?

                2
                01:00:00,000 --> 01:00:01,500
                Yes.


                """)
        #expect(
            TranscriptFormat.vtt.transcript(of: session, lines) == """
                WEBVTT

                00:01:01.005 --> 00:01:02.005
                <v user>1 &lt; 2 &amp; 3?

                01:00:00.000 --> 01:00:01.500
                <v assistant>Yes.


                """)
    }

    @Test("show a long answer piece by piece, without a gap, each short enough to be read")
    func longAnswer() {
        let sentence = "The quick brown fox jumps over the lazy dog, and it does so again. "
        let chinese = String(repeating: "今天天气很好，我们去公园散步吧。", count: 12)
        for text in [String(repeating: sentence, count: 5), chinese, String(repeating: "x", count: 300)] {
            let line = ArchivedLine(itemID: "1", speaker: .assistant, text: text, startMs: 1_000, endMs: 21_000)
            let captions = Caption.captions(of: [line])
            #expect(captions.count > 1)
            #expect(captions.allSatisfy { $0.text.count <= Caption.longest && $0.startMs < $0.endMs })
            #expect(captions.first?.startMs == 1_000)
            #expect(captions.last?.endMs == 21_000)
            #expect(zip(captions, captions.dropFirst()).allSatisfy { $0.endMs == $1.startMs })
        }
    }
}
