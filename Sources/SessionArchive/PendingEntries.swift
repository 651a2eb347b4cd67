/// What waits to be written: in the order in which it happened, and no more than there is room for.
///
/// A disk that is full or a file that somebody else holds makes it grow. At its limit the oldest sound is let go, then
/// the oldest words.
struct PendingEntries: Sendable {
    /// How many bytes may wait.
    let limit: Int
    private(set) var entries: [ArchiveEntry] = []
    private(set) var size = 0

    init(limit: Int = 32 << 20) {
        self.limit = limit
    }

    /// Adds an entry.
    /// - Returns: how many were let go for it.
    mutating func append(_ entry: ArchiveEntry) -> Int {
        entries.append(entry)
        size += entry.size
        return makeRoom()
    }

    /// Takes all that waits.
    mutating func take() -> [ArchiveEntry] {
        defer {
            entries = []
            size = 0
        }
        return entries
    }

    /// Puts back what could not be written, before what came since.
    /// - Returns: how many were let go.
    mutating func putBack(_ unwritten: [ArchiveEntry]) -> Int {
        entries.insert(contentsOf: unwritten, at: 0)
        size += unwritten.reduce(0) { $0 + $1.size }
        return makeRoom()
    }

    private mutating func makeRoom() -> Int {
        guard size > limit else { return 0 }
        let count = entries.count
        // To three quarters: so that a disk that stays full does not have this done for every word.
        let goal = limit / 4 * 3
        entries.removeAll { entry in
            guard size > goal, case .sound = entry.change else { return false }
            size -= entry.size
            return true
        }
        entries.removeAll { entry in
            // Without its session a line could not be kept.
            if case .began = entry.change { return false }
            guard size > goal else { return false }
            size -= entry.size
            return true
        }
        return count - entries.count
    }
}
