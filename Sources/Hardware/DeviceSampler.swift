/// Reads devices again and again.
public struct DeviceSampler: Sendable {
    private let monitors: [DeviceMonitor]
    private let interval: Duration

    /// - Parameters:
    ///   - monitors: the devices.
    ///   - interval: the time from one reading to the next, 10 ms or more.
    public init(_ monitors: [DeviceMonitor], every interval: Duration) {
        self.monitors = monitors
        self.interval = max(interval, .milliseconds(10))
    }

    /// Reads every device at once, and then each time the interval has passed, until the task is cancelled.
    /// - Parameter receive: is given each device and how it is, or why it cannot be read: the others go on being read.
    @concurrent
    public func run(
        clock: some Clock<Duration> = ContinuousClock(),
        _ receive: @Sendable (HardwareDevice, Result<DeviceReading, HardwareError>) async -> Void
    ) async {
        var monitors = monitors
        var next = clock.now
        while !Task.isCancelled {
            for index in monitors.indices {
                let reading = Result { () throws(HardwareError) in try monitors[index].read() }
                await receive(monitors[index].device, reading)
            }
            // After a machine has slept, what was missed is not made up for.
            next = max(next.advanced(by: interval), clock.now)
            try? await clock.sleep(until: next, tolerance: nil)
        }
    }
}
