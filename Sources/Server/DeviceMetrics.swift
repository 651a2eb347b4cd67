import Hardware
import Inference
import Logging
import Metrics
import Synchronization
import Telemetry

/// Memory and utilisation of the devices, read whenever somebody asks for metrics.
final class DeviceMetrics: Sendable {
    private struct Device {
        var monitor: DeviceMonitor
        let used: Meter
        let total: Meter
        let share: Meter
        let utilisation: Meter
    }

    private let devices: Mutex<[Device]>

    /// - Parameters:
    ///   - names: the devices; those that cannot be read are left out, with a line in the log.
    ///   - factory: where the metrics are kept.
    init(_ names: [InferenceDevice], factory: any MetricsFactory, logger: Logger) {
        var devices: [Device] = []
        for name in names {
            do {
                let labels: KeyValuePairs = ["device": name.description]
                devices.append(
                    Device(
                        monitor: try DeviceMonitor(name.hardware),
                        used: Meter(.deviceMemoryUsed, labels, factory: factory),
                        total: Meter(.deviceMemoryTotal, labels, factory: factory),
                        share: Meter(.deviceMemoryShare, labels, factory: factory),
                        utilisation: Meter(.deviceUtilisation, labels, factory: factory)))
            } catch {
                logger.notice("A device's memory is not measured.", metadata: ["reason": "\(error)"])
            }
        }
        self.devices = Mutex(devices)
    }

    /// Reads every device. What cannot be read this time keeps its values.
    func read() {
        devices.withLock { devices in
            for index in devices.indices {
                guard let reading = try? devices[index].monitor.read() else { continue }
                devices[index].used.set(reading.memory.used)
                devices[index].total.set(reading.memory.total)
                devices[index].share.set(reading.memory.share)
                if let utilisation = reading.utilisation { devices[index].utilisation.set(utilisation) }
            }
        }
    }
}
