import Synchronization
import TestSupport
import Testing

@testable import Hardware

@Suite(.timeLimit(.minutes(10)))
struct DeviceSamplerTests {
    @Test func devicesAreReadUntilTheTaskIsCancelled() async throws {
        let stand = try StandInNVML("memory 100 50 50\n")
        let sampler = DeviceSampler(
            [
                try DeviceMonitor(.gpu(0), environment: stand.environment),
                try DeviceMonitor(.processor(cores: nil)),
            ], every: .milliseconds(10))
        let (readings, continuation) = AsyncStream.makeStream(
            of: (HardwareDevice, Result<DeviceReading, HardwareError>).self)
        let task = Task {
            await sampler.run { continuation.yield(($0, $1)) }
            continuation.finish()
        }
        var shares: [Double] = []
        var failures = 0, processor = 0
        for await (device, result) in readings {
            switch (device, result) {
            case (.gpu, .success(let reading)): shares.append(reading.memory.share)
            case (.gpu, .failure): failures += 1
            case (.processor, _): processor += 1
            }
            // Memory rises, then the GPU is lost, then it is back.
            switch shares.last {
            case 0.5: try stand.set("memory 100 5 95\n")
            case 0.95: try stand.set(failures == 0 ? "fail nvmlDeviceGetMemoryInfo 15\n" : "memory 100 99 1\n")
            default: task.cancel()
            }
        }
        await task.value
        #expect(shares.first == 0.5 && shares.contains(0.95) && shares.last == 0.01)
        #expect(failures > 0 && processor > 3, "the processor is read while the GPU fails")
    }

    @Test func whoCancelsDoesNotWaitForTheInterval() async throws {
        let sampler = DeviceSampler([try DeviceMonitor(.processor(cores: nil))], every: .seconds(3_600))
        let (readings, continuation) = AsyncStream.makeStream(of: HardwareDevice.self)
        let task = Task { await sampler.run { device, _ in continuation.yield(device) } }
        for await device in readings {
            #expect(device == .processor(cores: nil))
            break
        }
        task.cancel()
        await task.value
    }
}
