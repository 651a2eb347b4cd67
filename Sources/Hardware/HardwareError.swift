/// Why a device cannot be read.
public enum HardwareError: Error, Equatable, CustomStringConvertible {
    /// NVIDIA's library cannot be opened.
    case libraryUnusable(path: String, reason: String)
    /// A function of NVIDIA's library failed.
    case failed(function: String, library: String, reason: String)
    /// There is no GPU of that number.
    case noSuchGPU(Int, reason: String)
    /// A file of the system's cannot be read.
    case unreadable(file: String, reason: String)
    /// A file, or a function, answers what cannot be.
    case nonsense(source: String, found: String, expected: String)

    /// The thing, what was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .libraryUnusable(let path, let reason):
            "\(path) cannot be used: \(reason). It comes with NVIDIA's driver: install that, or set "
                + "\(NVML.variable) to a libnvidia-ml.so."
        case .failed(let function, let library, let reason):
            "\(function) of \(library) failed: \(reason). If `nvidia-smi` fails too, the driver or the GPU is to blame."
        case .noSuchGPU(let number, let reason): "There is no GPU \(number): \(reason)"
        case .unreadable(let file, let reason): "\(file) cannot be read: \(reason)"
        case .nonsense(let source, let found, let expected): "\(source) says \(found); expected is \(expected)"
        }
    }
}
