import Batching
import BenchResult
import Testing

@testable import Simulation

@Suite struct SimulationTests {
    /// 10 ms for a batch, and 2 ms for each frame in it: 83 frames a second one by one, 432 in batches of 32.
    private static func plan(sessions: Int, policy: BatchSizePolicy = .adaptive) throws -> SimulationPlan {
        var plan = SimulationPlan(try DeviceCurve(fixed: 10, perFrame: 2))
        plan.sessions = sessions
        plan.policy = policy
        plan.speech.share = 1
        plan.seconds = 20
        return plan
    }

    @Test func aPlanAlwaysComesToTheSame() throws {
        var plan = try Self.plan(sessions: 12)
        let report = try Simulation.run(plan)
        #expect(try Simulation.run(plan) == report)
        plan.seed = 2
        #expect(try Simulation.run(plan) != report)
    }

    @Test func aSilentMachineMakesNothing() throws {
        var plan = try Self.plan(sessions: 1)
        plan.speech.share = 0.001
        let report = try Simulation.run(plan)
        #expect(report.frames == .init())
        #expect(report.firstFrame == nil)
        #expect(report.onTimeShare == 1)
    }

    @Test func oneSpeakerHasAllFramesInTime() throws {
        let report = try Simulation.run(Self.plan(sessions: 1))
        #expect(report.onTimeShare == 1)
        #expect(report.frames.onTime > 300)
        // A frame takes 12 ms.
        #expect((report.firstFrame?.p50 ?? 0) < 20)
    }

    @Test(arguments: [SpeechPattern.Arrival.steady, .burst])
    func whoIsLetInKeepsFramesWhereTooManyCome(arrival: SpeechPattern.Arrival) throws {
        var plan = try Self.plan(sessions: 21)
        plan.speech.arrival = arrival
        let report = try Simulation.run(plan)
        // 432 frames a second are 17 speakers, of which 85 % are let in; 21 are half as many again.
        #expect(report.turnedAway == 7)
        #expect(report.onTimeShare >= 0.99)
    }

    /// A device whose batches vary wastes none on frames that would as often be late, whether batches make it faster or,
    /// as on a processor, do not.
    @Test(arguments: [(10.0, 2.0, 25), (15, 292, 2)])
    func aDeviceThatIsTooSlowMakesWhatItCan(fixed: Double, perFrame: Double, sessions: Int) throws {
        var plan = SimulationPlan(try DeviceCurve(fixed: fixed, perFrame: perFrame))
        plan.sessions = sessions
        plan.speech.share = 1
        plan.hasAdmission = false
        plan.jitter = 0.2
        plan.seconds = 120
        let report = try Simulation.run(plan)
        #expect(report.framesPerSecond >= 0.9 * report.capacity)
    }

    @Test func tooManyOnOneDeviceAreFewOnTwo() throws {
        var plan = try Self.plan(sessions: 22)
        plan.hasAdmission = false
        let one = try Simulation.run(plan)
        plan.devices = 2
        let two = try Simulation.run(plan)
        #expect(one.onTimeShare < 0.95)
        #expect(two.onTimeShare >= 0.99)
        #expect(two.utilisation < one.utilisation)
    }

    /// What this policy is for: the first frames of small batches, and as many frames as large ones make.
    @Test func adaptiveIsAsQuickAsSmallBatchesAndAsStrongAsLargeOnes() throws {
        func report(_ policy: BatchSizePolicy, sessions: Int) throws -> SimulationReport {
            var plan = try Self.plan(sessions: sessions, policy: policy)
            plan.hasAdmission = false
            return try Simulation.run(plan)
        }
        let few = 4
        let quick = try report(.adaptive, sessions: few)
        for size in [1, 4, 16, 32] {
            let fixed = try report(.fixed(size), sessions: few)
            guard fixed.onTimeShare > 0.99 else { continue }
            #expect((quick.firstFrame?.p95 ?? .infinity) <= 1.1 * (fixed.firstFrame?.p95 ?? 0), "fixed:\(size)")
        }
        let many = 25
        let strong = try report(.adaptive, sessions: many)
        for size in [1, 4, 16, 32] {
            #expect(
                strong.framesPerSecond >= 0.97 * (try report(.fixed(size), sessions: many)).framesPerSecond,
                "fixed:\(size)")
        }
        #expect(strong.framesPerSecond > 0.85 * 432)
    }

    @Test func aSizeThatDoesNotFitIsFoundOutOnce() throws {
        let rows = [1, 4, 16].map { size in
            var row = BenchResult.Row(batchSize: size, ok: true)
            row.batchTime = .init(median: 10 + 2 * Double(size), p5: 0, p95: 0)
            (row.memoryUsed, row.memoryTotal) = (18 + size / 4, 24)
            return row
        }
        let bench = BenchResult(
            engine: "musetalk", model: "", device: "cuda:0", deviceName: "", machine: "", secondsOfAudio: 2, fps: 25,
            rows: rows + [.init(batchSize: 20, ok: false, error: "out_of_memory")])
        let curve = try DeviceCurve(bench)
        #expect(curve.largestBatch == 16)
        #expect(abs(curve.time(ofSize: 1) / .milliseconds(1) - 12) < 1e-9)
        #expect(abs(curve.time(ofSize: 10) / .milliseconds(1) - 30) < 1e-9)
        var plan = SimulationPlan(curve)
        plan.sessions = 12
        plan.speech.share = 1
        plan.seconds = 20
        plan.policy = .fixed(32)
        let report = try Simulation.run(plan)
        #expect(report.frames.onTime > 1000)
        #expect(report.batches.keys.max() ?? 0 <= 32)
    }

    @Test func sweepFindsWhereItBreaks() throws {
        let sweep = try SimulationSweep.run(Self.plan(sessions: 100))
        #expect(13...18 ~= sweep.largest)
        #expect(sweep.admitted == 14)
        #expect(sweep.reports.map(\.sessions) == sweep.reports.map(\.sessions).sorted())
        #expect(sweep.reports.allSatisfy { ($0.sessions <= sweep.largest) || $0.onTimeShare < SimulationSweep.goal })
    }

    @Test func whatMakesNoSenseIsRefused() throws {
        #expect(throws: SimulationError.self) { try DeviceCurve(fixed: -1, perFrame: 1) }
        #expect(throws: SimulationError.self) { try DeviceCurve(fixed: 1, perFrame: 0) }
        for change: (inout SimulationPlan) -> Void in [
            { $0.sessions = 0 }, { $0.sessions = 10_001 }, { $0.devices = 0 }, { $0.devices = 101 },
            { $0.seconds = 0 }, { $0.speech.share = 0 }, { $0.speech.share = .nan }, { $0.jitter = -1 },
        ] {
            var plan = try Self.plan(sessions: 1)
            change(&plan)
            #expect(throws: SimulationError.self) { try Simulation.run(plan) }
        }
    }
}
