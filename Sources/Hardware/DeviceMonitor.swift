public import Foundation

/// Reads a device's memory and how busy it is; the same for a GPU and for the processor.
public struct DeviceMonitor: Sendable {
    /// What is read.
    public let device: HardwareDevice
    /// What the device is sold as.
    public let name: String

    private enum Source {
        case processor(ProcessorMonitor)
        case gpu(NVML.Device)
    }

    private var source: Source

    /// Finds the device.
    /// - Parameters:
    ///   - environment: of which `VISAVIS_NVML` names NVIDIA's management library, which the system's loader looks for
    ///     otherwise, and `CUDA_VISIBLE_DEVICES` says which GPUs count.
    ///   - files: where the system tells of the processor.
    /// - Throws: ``HardwareError``.
    public init(
        _ device: HardwareDevice, environment: [String: String] = ProcessInfo.processInfo.environment,
        files: SystemFiles = .machine
    ) throws(HardwareError) {
        self.device = device
        switch device {
        case .processor(let cores):
            let monitor = ProcessorMonitor(cores: cores, files: files)
            name = try monitor.name()
            source = .processor(monitor)
        case .gpu(let number):
            let gpu = try NVML(environment: environment).gpu(number, of: VisibleGPUs(environment: environment))
            name = try gpu.name()
            source = .gpu(gpu)
        }
    }

    /// How many GPUs programs can use.
    /// - Parameter environment: as ``init(_:environment:files:)`` has it.
    /// - Throws: ``HardwareError``, also where NVIDIA's driver is not installed.
    public static func gpuCount(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(HardwareError) -> Int {
        VisibleGPUs(environment: environment).count(of: try NVML(environment: environment).count())
    }

    /// How the device is. It takes a fraction of a millisecond, and blocks its thread.
    /// - Parameter now: when that is; a processor's utilisation is that since the reading before.
    /// - Throws: ``HardwareError``. The next reading may succeed.
    public mutating func read(at now: ContinuousClock.Instant = .now) throws(HardwareError) -> DeviceReading {
        switch source {
        case .gpu(let gpu):
            return DeviceReading(memory: try gpu.memory(), utilisation: try gpu.utilisation())
        case .processor(var monitor):
            defer { source = .processor(monitor) }
            return try monitor.read(at: now)
        }
    }
}

extension NVML {
    /// The GPU that CUDA calls by a number.
    fileprivate func gpu(_ number: Int, of visible: VisibleGPUs) throws(HardwareError) -> Device {
        switch try visible.name(of: number, count: count()) {
        case .index(let index): return try device(at: index)
        case .uuid(let uuid):
            do {
                return try device(uuid: uuid)
            } catch {
                throw .noSuchGPU(
                    number, reason: "\(VisibleGPUs.variable) says \(uuid): \(error). `nvidia-smi -L` lists whole names")
            }
        }
    }
}
