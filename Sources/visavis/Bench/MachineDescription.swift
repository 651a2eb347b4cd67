import Foundation
import Hardware

/// The machine that something was measured on, in words.
enum MachineDescription {
    /// Processor, cores and system.
    static var line: String {
        let processor = (try? DeviceMonitor(.processor(cores: nil)).name) ?? "unknown processor"
        let system = ProcessInfo.processInfo
        return "\(processor), \(system.activeProcessorCount) cores, \(system.operatingSystemVersionString)"
    }
}
