import Batching
import HeapModule

/// Runs the server's own schedulers, admission and placement on a virtual clock, against simulated sessions and devices.
///
/// A discrete-event simulation: what happens next is taken from a heap; nothing happens in between. The same plan gives
/// the same report.
public struct Simulation {
    /// What happens at an instant.
    private struct Event: Comparable {
        enum Kind {
            /// A session wants to speak, or has speech for another frame.
            case session(Int)
            /// A batch is done.
            case batch(device: Int, lane: Int)
            /// A scheduler asked to be asked again.
            case alarm(device: Int)
            /// Devices' memory is read.
            case memory
        }

        let instant: Duration
        /// Of events at the same instant the one that was known first comes first.
        let number: Int
        let kind: Kind

        static func < (left: Event, right: Event) -> Bool {
            left.instant != right.instant ? left.instant < right.instant : left.number < right.number
        }

        static func == (left: Event, right: Event) -> Bool { left.number == right.number }
    }

    private let plan: SimulationPlan
    private var now = Duration.zero
    private var events = Heap<Event>()
    private var eventCount = 0
    /// How long batches take.
    private var jitter: RandomNumbers
    /// What each session says, whatever the devices do: policies are compared with the same speech.
    private var speech: [RandomNumbers]
    private var devices: [SimulatedDevice]
    private var placement: DevicePlacement
    private var admission: Admission
    /// What each session says; nil while it is silent.
    private var utterances: [SimulatedUtterance?]
    private var utteranceCount = 0
    /// When each session, if it speaks, will have speech for another frame, as was found last.
    private var wakeUps: [Duration?]
    /// The session of each utterance that goes on.
    private var speakers: [FrameJob.Utterance: Int] = [:]
    private var submitted: [FrameJob.ID: Duration] = [:]
    private var turnedAway = 0
    private var statistics = SimulationStatistics()

    /// Simulates what was planned.
    /// - Throws: ``SimulationError`` if that makes no sense.
    public static func run(_ plan: SimulationPlan) throws(SimulationError) -> SimulationReport {
        try plan.validate()
        var simulation = Simulation(plan)
        simulation.run()
        return simulation.report
    }

    private init(_ plan: SimulationPlan) {
        self.plan = plan
        var seeds = RandomNumbers(seed: plan.seed)
        jitter = RandomNumbers(seed: seeds.next())
        speech = (0..<plan.sessions).map { _ in RandomNumbers(seed: seeds.next()) }
        devices = Array(repeating: SimulatedDevice(plan), count: plan.devices)
        placement = DevicePlacement(count: plan.devices)
        admission = Admission(fps: plan.fps, speakingShare: plan.speech.share)
        utterances = Array(repeating: nil, count: plan.sessions)
        wakeUps = Array(repeating: nil, count: plan.sessions)
    }

    private mutating func run() {
        let admitted = plan.hasAdmission ? min(plan.sessions, Self.maximumSessions(plan)) : plan.sessions
        turnedAway = plan.sessions - admitted
        for session in 0..<admitted {
            schedule(.session(session), at: .seconds(plan.speech.firstBegin(&speech[session])))
        }
        schedule(.memory, at: .zero)
        let end = Duration.seconds(plan.seconds)
        while let event = events.popMin(), event.instant <= end {
            now = event.instant
            happen(event.kind)
        }
    }

    /// The most sessions that admission lets in.
    static func maximumSessions(_ plan: SimulationPlan) -> Int {
        let admission = Admission(fps: plan.fps, speakingShare: plan.speech.share)
        return plan.devices * admission.maximumSessions(capacity: SimulatedDevice(plan).scheduler.capacity)
    }

    private mutating func schedule(_ kind: Event.Kind, at instant: Duration) {
        events.insert(Event(instant: max(instant, now), number: eventCount, kind: kind))
        eventCount += 1
    }

    private mutating func happen(_ kind: Event.Kind) {
        switch kind {
        case .session(let session):
            if utterances[session] == nil { beginUtterance(of: session) }
            if let device = utterances[session]?.device {
                goOn(session)
                step(device)
            }
        case .batch(let device, let lane):
            finish(device, lane)
            step(device)
        case .alarm(let device):
            guard devices[device].alarm == now else { return }
            devices[device].alarm = nil
            step(device)
        case .memory:
            readMemory()
            schedule(.memory, at: now + .seconds(1))
        }
    }

    // MARK: Sessions

    private mutating func beginUtterance(of session: Int) {
        let loads = devices.map { Double($0.scheduler.speaking) / $0.scheduler.capacity }
        guard let device = placement.place(load: loads, at: now) else { return }
        let scheduler = devices[device].scheduler
        if plan.hasAdmission,
            let refusal = admission.refusal(speaking: scheduler.speaking, capacity: scheduler.capacity)
        {
            statistics.refused += 1
            return schedule(.session(session), at: now + max(refusal.retryAfter ?? .zero, .seconds(1)))
        }
        utteranceCount += 1
        utterances[session] = SimulatedUtterance(
            utteranceCount, on: device, seconds: plan.speech.length(&speech[session]), fps: plan.fps, at: now)
        speakers[utteranceCount] = session
        statistics.utterances += 1
        devices[device].scheduler.begin(utteranceCount)
    }

    /// A session asks for what it can.
    private mutating func goOn(_ session: Int) {
        guard let device = utterances[session]?.device else { return }
        while let step = utterances[session]?.next(at: now) {
            switch step {
            case .submit(let job):
                submitted[job.id] = now
                devices[device].scheduler.submit(job, at: now)
            case .wait(let instant):
                if wakeUps[session] != instant { schedule(.session(session), at: instant) }
                wakeUps[session] = instant
                return
            case .nothing:
                return
            }
        }
    }

    /// A job is made, or dropped.
    private mutating func settle(_ job: FrameJob) {
        guard let session = speakers[job.utterance], var utterance = utterances[session] else { return }
        if let time = utterance.settle(at: now) { statistics.firstFrame.record(time) }
        utterances[session] = utterance
        guard utterance.isComplete else { return goOn(session) }
        _ = devices[utterance.device].scheduler.end(utterance.id)
        speakers[utterance.id] = nil
        utterances[session] = nil
        admission.ended(after: now - utterance.begin)
        schedule(.session(session), at: utterance.end + .seconds(plan.speech.silence(&speech[session])))
    }

    // MARK: Devices

    private mutating func step(_ device: Int) {
        while true {
            switch devices[device].scheduler.next(at: now) {
            case .run(let batch):
                run(batch, on: device)
            case .drop(let jobs):
                statistics.frames.dropped += jobs.count
                for job in jobs {
                    submitted[job.id] = nil
                    settle(job)
                }
            case .wait(let instant):
                // An alarm that comes too early is asked for again.
                if let instant, devices[device].alarm.map({ instant < $0 }) ?? true {
                    devices[device].alarm = instant
                    schedule(.alarm(device: device), at: instant)
                }
                return
            }
        }
    }

    private mutating func run(_ batch: BatchScheduler.Batch, on device: Int) {
        let size = batch.jobs.count
        let variation = max(0.1, 1 + plan.jitter * jitter.normal())
        let time = devices[device].run(batch, taking: plan.time(ofSize: size) * variation, at: now)
        statistics.batches[size, default: 0] += 1
        for job in batch.jobs {
            if let instant = submitted[job.id] { statistics.queueWait.record(time.lowerBound - instant) }
        }
        schedule(.batch(device: device, lane: batch.lane), at: time.upperBound)
    }

    private mutating func finish(_ device: Int, _ lane: Int) {
        guard let (batch, took) = devices[device].takeResult(ofLane: lane) else { return }
        guard plan.curve.hasMemory(forSize: batch.jobs.count) else {
            statistics.outOfMemory += 1
            return devices[device].scheduler.ranOutOfMemory(batch, at: now)
        }
        devices[device].scheduler.finished(batch, took: took, at: now)
        for job in batch.jobs {
            submitted[job.id] = nil
            let isOnTime = job.urgency.deadline.map { now <= $0 } ?? true
            if isOnTime { statistics.frames.onTime += 1 } else { statistics.frames.late += 1 }
            settle(job)
        }
    }

    private mutating func readMemory() {
        for device in devices.indices {
            if let share = plan.curve.memoryShare(ofSize: devices[device].largestRecentBatch) {
                devices[device].scheduler.read(memoryShare: share, at: now)
            }
            devices[device].forgetRecentBatches()
        }
    }

    // MARK: The report

    private var report: SimulationReport {
        let lanes = plan.lanes == .pipelined ? 1 : plan.lanes.count
        let busy = devices.reduce(Duration.zero) { $0 + $1.busy } / .seconds(1)
        return SimulationReport(
            policy: "\(plan.policy)", sessions: plan.sessions, turnedAway: turnedAway, devices: plan.devices,
            seconds: plan.seconds, utterances: statistics.utterances, refused: statistics.refused,
            frames: statistics.frames, onTimeShare: statistics.frames.onTimeShare,
            framesPerSecond: Double(statistics.frames.onTime) / plan.seconds,
            capacity: devices[0].scheduler.capacity, firstFrame: statistics.firstFrame.distribution,
            queueWait: statistics.queueWait.distribution,
            utilisation: min(1, busy / plan.seconds / Double(lanes * plan.devices)),
            batches: statistics.batches, outOfMemory: statistics.outOfMemory)
    }
}
