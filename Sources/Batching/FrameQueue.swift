internal import DequeModule

/// The jobs of one device that wait, in the order in which they should be made: first frames as they came, then by
/// deadline, then films. Of equal ones whoever has been served less comes first.
struct FrameQueue: Sendable {
    /// A job and its place.
    struct Entry: Sendable {
        let job: FrameJob
        /// A first frame is due when it comes, a live one at its deadline, a film's never.
        fileprivate let due: Duration?
        /// Start tags of fair queueing (Goyal et al., 1996): the n-th frame that an utterance has waiting comes behind
        /// the others' (n − 1)-th.
        fileprivate let tag: Int

        fileprivate func comesBefore(_ other: Entry) -> Bool {
            switch (due, other.due) {
            case (let due?, let otherDue?) where due != otherDue: due < otherDue
            case (.some, nil): true
            case (nil, .some): false
            default: tag < other.tag
            }
        }
    }

    private struct Line {
        var waiting = 0
        var nextTag = 0
    }

    private var entries = Deque<Entry>()
    private var lines: [FrameJob.Utterance: Line] = [:]
    /// The tag up to which everybody has been served.
    private var servedTag = 0

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }

    /// The job at a place, 0 for the first.
    subscript(place: Int) -> FrameJob { entries[place].job }

    /// All jobs, first to last.
    var jobs: some Sequence<FrameJob> { entries.lazy.map(\.job) }

    mutating func insert(_ job: FrameJob, at now: Duration) {
        var line = lines[job.utterance] ?? Line()
        let tag = max(line.nextTag, servedTag)
        line.nextTag = tag + 1
        line.waiting += 1
        lines[job.utterance] = line
        let due: Duration? =
            switch job.urgency {
            case .first: now
            case .live(let deadline): deadline
            case .bulk: nil
            }
        insert(Entry(job: job, due: due, tag: tag))
    }

    /// Gives jobs back their places, which were taken in vain: before their equals, that came later.
    mutating func putBack(_ taken: [Entry]) {
        for entry in taken.reversed() {
            lines[entry.job.utterance, default: Line(waiting: 0, nextTag: entry.tag + 1)].waiting += 1
            entries.insert(entry, at: firstPlace { $0.comesBefore(entry) })
        }
    }

    /// Takes the first `count` jobs, or all if there are fewer.
    mutating func take(_ count: Int) -> [Entry] {
        let taken = Array(entries.prefix(count))
        entries.removeFirst(taken.count)
        for entry in taken {
            servedTag = max(servedTag, entry.tag)
            leave(entry.job)
        }
        return taken
    }

    /// Takes the jobs for which a batch that is made by `end` comes too late.
    mutating func takeLate(madeBy end: Duration) -> [FrameJob] {
        var late: [Int] = []
        for (place, entry) in entries.enumerated() {
            // Behind films there is nothing else; behind first frames, which have later deadlines, there may be.
            guard let deadline = entry.job.urgency.deadline, deadline < end || entry.job.urgency.isFirst else { break }
            if deadline < end { late.append(place) }
        }
        let jobs = late.map { entries[$0].job }
        for place in late.reversed() {
            servedTag = max(servedTag, entries[place].tag)
            leave(entries.remove(at: place).job)
        }
        return jobs
    }

    /// Takes all jobs of an utterance.
    mutating func remove(_ utterance: FrameJob.Utterance) -> [FrameJob] {
        guard lines.removeValue(forKey: utterance) != nil else { return [] }
        let removed = entries.filter { $0.job.utterance == utterance }.map(\.job)
        entries.removeAll { $0.job.utterance == utterance }
        return removed
    }

    /// Finds the first place, by halves, whose entry does not belong before.
    private func firstPlace(where belongsBefore: (Entry) -> Bool) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if belongsBefore(entries[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func insert(_ entry: Entry) {
        entries.insert(entry, at: firstPlace { !entry.comesBefore($0) })
    }

    private mutating func leave(_ job: FrameJob) {
        guard var line = lines[job.utterance] else { return }
        line.waiting -= 1
        lines[job.utterance] = line.waiting > 0 ? line : nil
    }
}
