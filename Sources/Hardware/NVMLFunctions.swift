import CHardware
import Glibc

/// The functions of NVIDIA's management library, which is opened for good.
///
/// Unchecked: code does not change, and the library is made for use by many threads.
struct NVMLFunctions: @unchecked Sendable {
    /// The library's file.
    let path: String

    let start: nvml_no_arguments
    let shutdown: nvml_no_arguments
    let errorString: nvml_error_string
    let count: nvml_device_count
    let byIndex: nvml_device_by_index
    let byUUID: nvml_device_by_uuid
    let name: nvml_device_name
    let memory: nvml_device_memory
    let utilisation: nvml_device_utilisation

    /// - Throws: ``HardwareError/libraryUnusable(path:reason:)``.
    init(_ path: String) throws(HardwareError) {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .libraryUnusable(path: path, reason: dlerror().map { String(cString: $0) } ?? "no reason given")
        }
        func find<Function>(_ name: String) throws(HardwareError) -> Function {
            guard let symbol = dlsym(library, name) else {
                throw .libraryUnusable(path: path, reason: "it has no function \(name)")
            }
            return unsafeBitCast(symbol, to: Function.self)
        }
        self.path = path
        start = try find("nvmlInit_v2")
        shutdown = try find("nvmlShutdown")
        errorString = try find("nvmlErrorString")
        count = try find("nvmlDeviceGetCount_v2")
        byIndex = try find("nvmlDeviceGetHandleByIndex_v2")
        byUUID = try find("nvmlDeviceGetHandleByUUID")
        name = try find("nvmlDeviceGetName")
        memory = try find("nvmlDeviceGetMemoryInfo")
        utilisation = try find("nvmlDeviceGetUtilizationRates")
    }

    /// - Throws: ``HardwareError/failed(function:library:reason:)`` with the library's words, if a function failed.
    func check(_ status: nvml_status, _ function: String) throws(HardwareError) {
        guard status != NVML_SUCCESS else { return }
        let words = errorString(status).map { String(cString: $0) } ?? "no reason given"
        throw .failed(function: function, library: path, reason: "\(words) (\(status))")
    }
}
