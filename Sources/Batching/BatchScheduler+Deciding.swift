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
        let late = takeLate(startingAt: start)
        guard late.isEmpty else { return .drop(late) }
        guard !queue.isEmpty else { return .wait(until: nil) }
        return .run(self.start(queue.take(batchSize(startingAt: start)), at: start))
    }

    /// While the device is busy: drops what it will be too late for, whoever waits for that can do something better.
    private mutating func dropOrWait(at now: Duration, freeFrom free: Duration, until wakeUp: Duration?) -> Step {
        let late = takeLate(startingAt: free)
        guard late.isEmpty else { return .drop(late) }
        // The estimate of when the device is free may pass without its being so: then jobs are late one by one.
        guard !queue.isEmpty, let deadline = queue[0].urgency.deadline else { return .wait(until: wakeUp) }
        let latest = deadline - times.mean(ofSize: 1)
        return .wait(until: wakeUp.map { min($0, max(latest, now)) } ?? max(latest, now + .milliseconds(1)))
    }

    /// Takes those of the first jobs that even a batch of their own would come too late for.
    private mutating func takeLate(startingAt start: Duration) -> [FrameJob] {
        let end = start + times.mean(ofSize: 1)
        var late: [FrameJob] = []
        while !queue.isEmpty, let deadline = queue[0].urgency.deadline, deadline < end {
            late += queue.take(1).map(\.job)
        }
        return late
    }

    // MARK: How many

    /// How many of the waiting jobs, of which there are some, go into the next batch.
    private func batchSize(startingAt start: Duration) -> Int {
        let sizes = configuration.sizes
        let largest = largestBatch
        let most = sizes.largest(upTo: min(queue.count, largest))
        if case .fixed = configuration.policy { return min(queue.count, largest) }
        var wanted = most
        if case .adaptive = configuration.policy { wanted = min(wanted, sizeThatKeepsUp(upTo: largest)) }
        if queue[0].urgency.isFirst {
            let firsts = queue.jobs.prefix { $0.urgency.isFirst }.reduce(0) { count, _ in count + 1 }
            wanted = min(wanted, sizes.smallest(from: firsts))
        }
        guard case .adaptive = configuration.policy else { return wanted }
        let larger = sizes.all.filter { wanted < $0 && $0 <= most }
        let smaller = sizes.all.filter { $0 < wanted }.reversed()
        let candidates = [wanted] + larger + smaller
        // Where no size saves all, as many as possible without making late what need not be.
        return candidates.first { meetsAllDeadlines(withBatchesOf: $0, startingAt: start) }
            ?? sizes.all.last { $0 <= most && meetsOwnDeadlines(inBatchOf: $0, startingAt: start) } ?? 1
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

    /// Whether all waiting jobs are made in time if every batch from now on has `size` frames.
    private func meetsAllDeadlines(withBatchesOf size: Int, startingAt start: Duration) -> Bool {
        let time = times.bound(ofSize: size)
        var end = start
        for (place, job) in queue.jobs.enumerated() {
            if place % size == 0 { end += time }
            // Behind the first film there is nothing but films.
            guard let deadline = job.urgency.deadline else { return true }
            if deadline < end { return false }
        }
        return true
    }

    private func meetsOwnDeadlines(inBatchOf size: Int, startingAt start: Duration) -> Bool {
        let end = start + times.bound(ofSize: size)
        return queue.jobs.prefix(size).allSatisfy { job in job.urgency.deadline.map { $0 >= end } ?? true }
    }
}
