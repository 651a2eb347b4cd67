import Hardware
import Synchronization

/// How much of a device is used while something goes on. What cannot be read is left out.
final class DeviceUsage: Sendable {
    private struct State {
        var monitor: DeviceMonitor?
        var mostMemory: MemoryReading?
        var busy: [Double] = []
    }

    private static let interval = Duration.milliseconds(100)

    private let state: Mutex<State>

    init(_ monitor: DeviceMonitor?) { state = Mutex(State(monitor: monitor)) }

    /// Reads the device before, during and after some work.
    func watch<Result: Sendable>(_ work: () async throws -> Result) async rethrows -> Result {
        read(counts: false)
        let sampling = Task { [self] in
            while (try? await Task.sleep(for: Self.interval)) != nil { read(counts: true) }
        }
        defer { sampling.cancel() }
        let result = try await work()
        read(counts: true)
        return result
    }

    /// The most memory that was in use.
    var mostMemory: MemoryReading? { state.withLock { $0.mostMemory } }

    /// The share of the time in which it was busy, 0…1.
    var utilisation: Double? {
        state.withLock { $0.busy.isEmpty ? nil : $0.busy.reduce(0, +) / Double($0.busy.count) }
    }

    private func read(counts: Bool) {
        state.withLock { state in
            guard let reading = try? state.monitor?.read() else { return }
            if state.mostMemory.map({ $0.used < reading.memory.used }) ?? true { state.mostMemory = reading.memory }
            if counts, let share = reading.utilisation { state.busy.append(share) }
        }
    }
}
