public import Batching

/// What is simulated.
public struct SimulationPlan: Sendable {
    /// Who is connected.
    public var sessions = 100
    /// Machines, or GPUs, that are all alike.
    public var devices = 1
    /// How fast they are.
    public var curve: DeviceCurve
    /// Who decides how many frames are made in one run.
    public var policy = BatchSizePolicy.adaptive
    /// What a device can do at the same time.
    public var lanes = BatchScheduler.Lanes.pipelined
    /// How people speak.
    public var speech = SpeechPattern()
    /// Frames a second of speech.
    public var fps = 25
    /// How much the time of a batch varies: its standard deviation over its mean.
    public var jitter = 0.05
    /// Whether only as many are let in as the devices can carry.
    public var hasAdmission = true
    /// How long, in seconds.
    public var seconds = 60.0
    /// Where chance begins: two runs with the same seed are the same.
    public var seed: UInt64 = 1

    /// How many sessions there may be.
    public static let sessionCounts = 1...10_000
    /// How many devices there may be.
    public static let deviceCounts = 1...100
    /// How long a simulation may last, in seconds.
    public static let lengths = 1.0...3_600.0
    /// How fast pictures may follow each other.
    public static let rates = 1...120
    /// How much times may vary.
    public static let jitters = 0.0...1.0

    /// A plan for devices of a kind; everything else has a default.
    public init(_ curve: DeviceCurve) { self.curve = curve }

    /// - Throws: ``SimulationError/range(name:found:expected:)``.
    public func validate() throws(SimulationError) {
        try Self.check("sessions", sessions, Self.sessionCounts)
        try Self.check("devices", devices, Self.deviceCounts)
        try Self.check("seconds", seconds, Self.lengths)
        try Self.check("fps", fps, Self.rates)
        try Self.check("jitter", jitter, Self.jitters)
        try Self.check("speaking share", speech.share, SpeechPattern.shares)
        try Self.check("utterance seconds", speech.utteranceSeconds.lowerBound, SpeechPattern.lengths)
        try Self.check("utterance seconds", speech.utteranceSeconds.upperBound, SpeechPattern.lengths)
    }

    private static func check<Value: Comparable>(
        _ name: String, _ value: Value, _ range: ClosedRange<Value>
    ) throws(SimulationError) {
        guard range.contains(value) else {
            throw .range(
                name: name, found: "\(value)", expected: "\(range.lowerBound) to \(range.upperBound)")
        }
    }

    /// What a device takes for a batch. A GPU runs the next larger of its sizes; cores make one frame after the other.
    func time(ofSize size: Int) -> Duration {
        curve.time(ofSize: lanes == .pipelined ? configuration.sizes.smallest(from: size) : size)
    }

    /// What each device is told of itself.
    var configuration: BatchScheduler.Configuration {
        let largest =
            switch policy {
            case .fixed(let size): size
            case .memory(let steps): steps.sizes.max() ?? curve.largestBatch
            case .adaptive: curve.largestBatch
            }
        return BatchScheduler.Configuration(
            sizes: BatchSizes(upTo: largest), policy: policy, lanes: lanes, fps: fps)
    }
}
