import Foundation
import Hardware
import Inference

/// The processor and the GPUs, as whoever plans sessions wants to know them.
extension Examination {
    /// The processor: its cores, how busy they are, and the memory that this process may use.
    func processor() async -> Finding {
        let cores = CoreAffinity.ofProcess
        do {
            var monitor = try DeviceMonitor(.processor(cores: nil))
            _ = try monitor.read()
            // Time enough for the system to count in.
            try? await Task.sleep(for: .milliseconds(200))
            let finding = Self.finding(
                "processor", "\(monitor.name), cores \(cores) (\(cores.cores.count))", try monitor.read())
            guard finding.status == .ok, cores.cores.count < 2 else { return finding }
            return .warning(
                "processor", finding.found, remedy: "find out how many conversations it carries: `visavis load --help`")
        } catch {
            return .warning(
                "processor", "memory is not watched: \(error)", remedy: "mount /proc, and /sys/fs/cgroup in a container"
            )
        }
    }

    /// Each GPU that programs can use, or that there is none.
    /// - Parameter wanted: the devices of the settings.
    func gpus(
        wanted: [InferenceDevice], environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> [Finding] {
        do {
            let count = try DeviceMonitor.gpuCount(environment: environment)
            if count == 0 { return [.ok("gpu", "NVIDIA's driver is there, and shows none")] }
            return (0..<count).map { gpu($0, environment) }
        } catch {
            let isWanted = wanted.contains { $0.gpu != nil } || environment["VISAVIS_NVML"] != nil
            guard isWanted else { return [.ok("gpu", "none that NVIDIA's driver shows; the processor does the work")] }
            return [.warning("gpu", "memory is not watched: \(error)", remedy: "install NVIDIA's driver")]
        }
    }

    private func gpu(_ number: Int, _ environment: [String: String]) -> Finding {
        do {
            var monitor = try DeviceMonitor(.gpu(number), environment: environment)
            return Self.finding("gpu", "\(number): \(monitor.name)", try monitor.read())
        } catch {
            return .warning("gpu", "\(number): \(error)", remedy: "see whether `nvidia-smi` finds it")
        }
    }

    private static func finding(_ name: String, _ device: String, _ reading: DeviceReading) -> Finding {
        let memory = reading.memory
        let busy = reading.utilisation.map { ", \(Int(($0 * 100).rounded()))% busy" } ?? ""
        let found =
            "\(device)\(busy), \(gibibytes(memory.used)) of \(gibibytes(memory.total)) GiB in use (\(memory.limit))"
        guard memory.share > 0.9 else { return .ok(name, found) }
        return .warning(name, found, remedy: "end what else uses it, or raise the limit: batches stay small")
    }

    private static func gibibytes(_ bytes: UInt64) -> String { String(format: "%.1f", Double(bytes) / 1_073_741_824) }
}
