import CHardware

/// NVIDIA's management library, opened and started.
final class NVML: Sendable {
    /// The environment variable that names the library's file.
    static let variable = "VISAVIS_NVML"

    private let functions: NVMLFunctions

    /// Opens the library and starts it.
    /// - Parameter environment: of which ``variable`` counts; without it the system's loader looks for the library.
    /// - Throws: ``HardwareError/libraryUnusable(path:reason:)`` or
    ///   ``HardwareError/failed(function:library:reason:)``.
    init(environment: [String: String]) throws(HardwareError) {
        let named = environment[Self.variable] ?? ""
        let functions = try NVMLFunctions(named.isEmpty ? "libnvidia-ml.so.1" : named)
        // Only what was started may be shut down: the library counts.
        try functions.check(functions.start(), "nvmlInit_v2")
        self.functions = functions
    }

    deinit { _ = functions.shutdown() }

    /// The library's file.
    var path: String { functions.path }

    /// How many GPUs the driver shows.
    func count() throws(HardwareError) -> Int {
        var count: UInt32 = 0
        try functions.check(functions.count(&count), "nvmlDeviceGetCount_v2")
        return Int(count)
    }

    /// The GPU at a place in the order of the bus.
    func device(at index: Int) throws(HardwareError) -> Device {
        try device("nvmlDeviceGetHandleByIndex_v2") { functions.byIndex(UInt32(clamping: index), &$0) }
    }

    /// The GPU, or part of one, with a whole UUID (`GPU-…`, `MIG-…`).
    func device(uuid: String) throws(HardwareError) -> Device {
        try device("nvmlDeviceGetHandleByUUID(\(uuid))") { functions.byUUID(uuid, &$0) }
    }

    private func device(
        _ function: String, _ find: (inout nvml_device?) -> nvml_status
    ) throws(HardwareError) -> Device {
        var found: nvml_device?
        try functions.check(find(&found), function)
        guard let found else {
            throw .nonsense(source: "\(function) of \(path)", found: "success without a GPU", expected: "a GPU")
        }
        return Device(handle: found, library: self)
    }

    /// A GPU.
    struct Device: Sendable {
        /// Unchecked: a name for the GPU that any thread may use.
        private struct Name: @unchecked Sendable { let handle: nvml_device }

        private let device: Name
        private let library: NVML

        fileprivate init(handle: nvml_device, library: NVML) {
            device = Name(handle: handle)
            self.library = library
        }

        /// What it is sold as, e.g. `NVIDIA H200`.
        func name() throws(HardwareError) -> String {
            var bytes = [CChar](repeating: 0, count: Int(NVML_NAME_SIZE) + 1)
            try library.functions.check(
                library.functions.name(device.handle, &bytes, UInt32(NVML_NAME_SIZE)), "nvmlDeviceGetName")
            return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }

        /// Its memory.
        func memory() throws(HardwareError) -> MemoryReading {
            var memory = nvml_memory()
            let function = "nvmlDeviceGetMemoryInfo"
            try library.functions.check(library.functions.memory(device.handle, &memory), function)
            return try MemoryReading(
                used: memory.used, total: memory.total, limit: .device, source: "\(function) of \(library.path)")
        }

        /// How busy it is, 0…1; nil for a part of a GPU, of which that is not known.
        func utilisation() throws(HardwareError) -> Double? {
            var rates = nvml_utilisation()
            let function = "nvmlDeviceGetUtilizationRates"
            let status = library.functions.utilisation(device.handle, &rates)
            if status == NVML_NOT_SUPPORTED { return nil }
            try library.functions.check(status, function)
            guard rates.gpu <= 100 else {
                throw .nonsense(
                    source: "\(function) of \(library.path)", found: "\(rates.gpu)%", expected: "at most 100%")
            }
            return Double(rates.gpu) / 100
        }
    }
}
