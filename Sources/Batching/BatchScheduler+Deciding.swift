extension BatchScheduler {
    /// What is to be done now.
    public enum Step: Sendable {
        /// Run this batch.
        case run(Batch)
        /// These can no longer be made in time, and are not waited for any more.
        case drop([FrameJob])
        /// Nothing, until something comes in, a batch is finished, or this instant, if there is one.
        case wait(until: Duration?)
    }

    /// Decides what to do at `now`. To be asked until it says ``Step/wait(until:)``.
    public mutating func next(at now: Duration) -> Step {
        if let restingUntil, restingUntil > now {
            return dropOrWait(at: now, freeFrom: restingUntil, until: restingUntil)
        }
        restingUntil = nil
        let start = max(now, underWay.map(\.expectedEnd).max() ?? now)
        switch configuration.lanes {
        case .parallel(let lanes):
            // The first lane that is expected to be free.
            guard underWay.count < lanes else {
                return dropOrWait(at: now, freeFrom: max(now, underWay.map(\.expectedEnd).min() ?? now), until: nil)
            }
            return nextBatch(startingAt: now)
        case .pipelined:
            let decision = start - configuration.handover
            guard underWay.count < 2, decision <= now else {
                return dropOrWait(
                    at: now, freeFrom: start, until: underWay.count < 2 && !queue.isEmpty ? decision : nil)
            }
            return nextBatch(startingAt: start)
        }
    }

    private mutating func nextBatch(startingAt start: Duration) -> Step {
        if isTrialDue(startingAt: start) {
            return .run(self.start(queue.take(1), at: start, isTrial: true))
        }
        let late = queue.takeLate(madeBy: start + times.mean(ofSize: 1))
        guard late.isEmpty else { return .drop(late) }
        guard !queue.isEmpty else { return .wait(until: nil) }
        if let size = batchSize(startingAt: start) { return run(size, startingAt: start) }
        let size = min(sizeForFirstFrames, sizeThatSavesMost(startingAt: start))
        // One that might just be in time would as often be late, and work in vain. Those behind it are due later.
        let margin = saved(byBatchesOf: size, startingAt: start) > 0
        let lost = queue.takeLate(madeBy: start + (margin ? times.bound(ofSize: size) : times.mean(ofSize: size)))
        return lost.isEmpty ? run(size, startingAt: start) : .drop(lost)
    }

    /// Whether the first job is to be tried although it seems to come too late. A device that something else kept busy
    /// for a while would be found too slow for everything, hence never be asked again, and never found fast.
    private func isTrialDue(startingAt start: Duration) -> Bool {
        guard underWay.isEmpty, nextTrial <= start, !queue.isEmpty, let deadline = queue[0].urgency.deadline else {
            return false
        }
        return deadline >= start && deadline < start + times.mean(ofSize: 1)
    }

    private mutating func run(_ size: Int, startingAt start: Duration) -> Step {
        .run(self.start(queue.take(size), at: start))
    }

    /// While the device is busy: drops what it will be too late for, whoever waits for that can do something better.
    private mutating func dropOrWait(at now: Duration, freeFrom free: Duration, until wakeUp: Duration?) -> Step {
        let late = queue.takeLate(madeBy: free + times.mean(ofSize: 1))
        guard late.isEmpty else { return .drop(late) }
        // The estimate of when the device is free may pass without its being so: then jobs are late one by one.
        guard !queue.isEmpty, let deadline = queue[0].urgency.deadline else { return .wait(until: wakeUp) }
        let latest = deadline - times.mean(ofSize: 1)
        return .wait(until: wakeUp.map { min($0, max(latest, now)) } ?? max(latest, now + .milliseconds(1)))
    }

    // MARK: How many

    /// How many of the waiting jobs, of which there are some, go into the next batch.
    /// - Returns: nil if no size saves them all.
    private func batchSize(startingAt start: Duration) -> Int? {
        let sizes = configuration.sizes
        let largest = largestBatch
        let most = sizes.largest(upTo: min(queue.count, largest))
        if case .fixed = configuration.policy { return min(queue.count, largest) }
        var wanted = most
        if case .adaptive = configuration.policy { wanted = min(wanted, sizeThatKeepsUp(upTo: largest)) }
        wanted = min(wanted, sizeForFirstFrames)
        guard case .adaptive = configuration.policy else { return wanted }
        let larger = sizes.all.filter { wanted < $0 && $0 <= most }
        let smaller = sizes.all.filter { $0 < wanted }.reversed()
        let candidates = [wanted] + larger + smaller
        return candidates.first { meetsAllDeadlines(withBatchesOf: $0, startingAt: start) }
    }

    /// The most frames beside which first ones may go out, which come before all others; any number if there are none.
    private var sizeForFirstFrames: Int {
        let firsts = queue.jobs.prefix { $0.urgency.isFirst }.reduce(0) { count, _ in count + 1 }
        return firsts == 0 ? Int.max : configuration.sizes.smallest(from: firsts)
    }

    /// The smallest size with which the device is fast enough for all who speak, with a fifth to spare; if none is, or
    /// if films are made, which take whatever there is, the smallest that is about as fast as the fastest.
    private func sizeThatKeepsUp(upTo largest: Int) -> Int {
        let sizes = configuration.sizes.all.filter { size in
            size <= largest && (!hasFilms || speaking == 0 || times.mean(ofSize: size) <= configuration.patience)
        }
        let lanes = configuration.lanes == .pipelined ? 1 : configuration.lanes.count
        let rates = sizes.map { Double(lanes) * times.rate(ofSize: $0) }
        let needed = hasFilms ? Double.infinity : 1.2 * Double(speaking * configuration.fps)
        let enough = min(needed, 0.98 * (rates.max() ?? 0))
        return zip(sizes, rates).first { $0.1 >= enough }?.0 ?? 1
    }

    /// Whether all waiting jobs are made in time if every batch from now on has `size` frames, and the rest the largest
    /// size that it fills. Of all batches on the way one may take as long as they ever do.
    private func meetsAllDeadlines(withBatchesOf size: Int, startingAt start: Duration) -> Bool {
        let time = times.mean(ofSize: size)
        // The rest takes no more batches than there are sizes.
        var end = start + times.bound(ofSize: size) - time
        let slowest = end + time * (queue.count / size + configuration.sizes.all.count)
        var place = 0
        while place < queue.count {
            let left = queue.count - place
            let count = left >= size ? size : configuration.sizes.largest(upTo: left)
            end += count == size ? time : times.mean(ofSize: count)
            for job in place..<(place + count) {
                // Behind the first film there is nothing but films.
                guard let deadline = queue[job].urgency.deadline else { return true }
                if deadline < end { return false }
                if queue[job].urgency.isFirst { continue }
                // Those behind it are due later: all, if there is time for all until then.
                if deadline >= slowest { return true }
                break
            }
            place += count
        }
        return true
    }

    // MARK: When there is too much to do

    /// The size of batches that make the most of the waiting jobs in time, if those that would be late are left out.
    /// To make the most urgent ones nevertheless, in the small batches which alone are quick enough, would leave less
    /// for all that follow, and so on for ever.
    private func sizeThatSavesMost(startingAt start: Duration) -> Int {
        let sizes = configuration.sizes.all.prefix { $0 <= min(queue.count, largestBatch) }
        return sizes.max { saved(byBatchesOf: $0, startingAt: start) < saved(byBatchesOf: $1, startingAt: start) } ?? 1
    }

    private func saved(byBatchesOf size: Int, startingAt start: Duration) -> Int {
        let time = times.mean(ofSize: size)
        var end = start + times.bound(ofSize: size)
        var saved = 0
        for job in queue.jobs {
            guard let deadline = job.urgency.deadline else { break }
            guard deadline >= end else { continue }
            saved += 1
            if saved % size == 0 { end += time }
        }
        return saved
    }
}
