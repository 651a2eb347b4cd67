@testable import SessionArchive
import Testing

@Suite("What waits to be written")
struct PendingEntriesTests {
    private func said(_ text: String) -> ArchiveEntry {
        ArchiveEntry(
            "s", .said(ArchivedLine(itemID: text, speaker: .user, text: text, startMs: 0, endMs: 0)))
    }

    private func sound(_ count: Int) -> ArchiveEntry {
        ArchiveEntry("s", .sound(itemID: "i", Array(repeating: 0, count: count)))
    }

    @Test("comes out in its order, with what could not be written before what came since")
    func order() {
        var pending = PendingEntries()
        _ = pending.append(said("one"))
        let unwritten = pending.take()
        #expect(pending.size == 0)
        _ = pending.append(said("two"))
        #expect(pending.putBack(unwritten) == 0)
        #expect(pending.take() == [said("one"), said("two")])
    }

    @Test("is bounded: the oldest sound goes first, then the oldest words")
    func bounded() {
        var pending = PendingEntries(limit: 10_000)
        _ = pending.append(said("one"))
        for _ in 0..<4 { #expect(pending.append(sound(1_000)) == 0) }
        #expect(pending.append(sound(1_001)) == 2)
        #expect(pending.append(said("two")) == 0)
        #expect(pending.entries.map(\.size) == [203, 2_200, 2_200, 2_202, 203])
        for number in 0..<100 { _ = pending.append(said("\(number)")) }
        #expect(pending.size <= 10_000)
        #expect(pending.entries.last == said("99"))
        #expect(!pending.entries.contains(said("one")))
    }
}
