/// Decides which of several devices an utterance runs on: the one that has most room. A device that failed is left out,
/// and tried again after a while, which doubles each time that it fails again.
public struct DevicePlacement: Sendable, Equatable {
    private struct Device: Equatable {
        var failures = 0
        /// When it may be tried again.
        var downUntil: Duration?
    }

    private static let shortestRest = Duration.seconds(1)
    private static let longestRest = Duration.seconds(60)

    private var devices: [Device]

    /// All are up.
    /// - Parameter count: how many there are, 1 or more.
    public init(count: Int) { devices = Array(repeating: Device(), count: count) }

    /// The device for an utterance that begins, or has to move, at `now`.
    /// - Parameter load: of each device the share of what it can do that is asked of it: utterances by capacity.
    /// - Returns: nil if all are down.
    public func place(load: [Double], at now: Duration) -> Int? {
        devices.indices.filter { isUp($0, at: now) }.min { load[$0] < load[$1] }
    }

    /// Whether a device may be used.
    public func isUp(_ device: Int, at now: Duration) -> Bool { devices[device].downUntil.map { $0 <= now } ?? true }

    /// When the first of the devices that are down is tried again.
    public var nextTrial: Duration? { devices.compactMap(\.downUntil).min() }

    /// A device could not make a batch. A failure of what was under way beside another counts with that.
    public mutating func failed(_ device: Int, at now: Duration) {
        guard isUp(device, at: now) else { return }
        let rest = Self.shortestRest * (1 << min(devices[device].failures, 6))
        devices[device].failures += 1
        devices[device].downUntil = now + min(rest, Self.longestRest)
    }

    /// A device made a batch.
    public mutating func succeeded(_ device: Int) {
        if devices[device].failures > 0 { devices[device] = Device() }
    }
}
