import Engines
import Hardware
import Inference
import Logging
import Metrics
import Telemetry

/// Reads memory and utilisation of the devices once a second: for metrics, and so that batches become smaller before
/// memory runs out.
struct DeviceWatch: Sendable {
    private struct Device: Sendable {
        let name: InferenceDevice
        let used: Meter
        let total: Meter
        let share: Meter
        let utilisation: Meter
    }

    private let sampler: DeviceSampler
    private let devices: [HardwareDevice: Device]
    private let engines: EngineCatalog

    /// - Parameters:
    ///   - names: the devices; those that cannot be read are left out, with a line in the log.
    ///   - engines: what runs on them.
    ///   - factory: where the metrics are kept.
    init(_ names: [InferenceDevice], engines: EngineCatalog, factory: any MetricsFactory, logger: Logger) {
        var devices: [HardwareDevice: Device] = [:]
        var monitors: [DeviceMonitor] = []
        for name in names {
            do {
                monitors.append(try DeviceMonitor(name.hardware))
                let labels: KeyValuePairs = ["device": name.description]
                devices[name.hardware] = Device(
                    name: name,
                    used: Meter(.deviceMemoryUsed, labels, factory: factory),
                    total: Meter(.deviceMemoryTotal, labels, factory: factory),
                    share: Meter(.deviceMemoryShare, labels, factory: factory),
                    utilisation: Meter(.deviceUtilisation, labels, factory: factory))
            } catch {
                logger.notice("A device's memory is not measured.", metadata: ["reason": "\(error)"])
            }
        }
        sampler = DeviceSampler(monitors, every: .seconds(1))
        self.devices = devices
        self.engines = engines
    }

    /// Reads until the task is cancelled. What cannot be read for a while keeps its values.
    func run() async {
        await sampler.run { hardware, reading in
            guard let device = devices[hardware], let reading = try? reading.get() else { return }
            device.used.set(reading.memory.used)
            device.total.set(reading.memory.total)
            device.share.set(reading.memory.share)
            if let utilisation = reading.utilisation { device.utilisation.set(utilisation) }
            await engines.read(memoryShare: reading.memory.share, of: device.name)
        }
    }
}
