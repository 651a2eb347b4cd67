/// Keeps a device's memory from running out: steps the batch size down the moment memory is short, and back up only
/// when there has been plenty for a while, so that it does not swing.
public struct MemoryGuard: Sendable, Equatable {
    /// When it steps in.
    public struct Thresholds: Sendable, Equatable {
        /// Share of memory in use above which there is an alarm.
        public var alarm = 0.9
        /// Share below which there is plenty.
        public var calm = 0.8
        /// How long there has to be plenty.
        public var hold = Duration.seconds(30)
        /// The most frames in a batch during an alarm.
        public var batchSize = 8

        /// The defaults.
        public init() {}
    }

    private let thresholds: Thresholds
    /// The share of memory that was in use when it was read last; nil before.
    public private(set) var share: Double?
    /// Whether memory is, or was a moment ago, short.
    public private(set) var isAlarmed = false
    /// Since when there has been plenty, during an alarm.
    private var calmSince: Duration?

    /// Starts without an alarm.
    public init(_ thresholds: Thresholds = Thresholds()) { self.thresholds = thresholds }

    /// The most frames in a batch; nil for any number.
    public var limit: Int? { isAlarmed ? thresholds.batchSize : nil }

    /// Takes note of the share of memory that is in use.
    public mutating func read(share: Double, at now: Duration) {
        self.share = share
        if share > thresholds.alarm {
            isAlarmed = true
            calmSince = nil
        } else if isAlarmed, share < thresholds.calm {
            let since = calmSince ?? now
            calmSince = since
            isAlarmed = now - since < thresholds.hold
        } else {
            calmSince = nil
        }
    }
}
