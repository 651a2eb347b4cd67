/// Which GPUs CUDA shows to this process, and in which order: what `CUDA_VISIBLE_DEVICES` says.
struct VisibleGPUs: Equatable {
    /// How a GPU is named.
    enum Name: Equatable {
        /// By its place in the order of the bus.
        case index(Int)
        /// By its UUID: `GPU-…`, or `MIG-…` for a part of one.
        case uuid(String)
    }

    /// The environment variable.
    static let variable = "CUDA_VISIBLE_DEVICES"

    /// Those that are named, in the order in which CUDA counts them; nil where the variable is not set.
    let named: [Name]?

    /// - Parameter environment: the process's.
    init(environment: [String: String]) {
        // As CUDA does: whatever follows the first name that means nothing is not seen.
        named = environment[Self.variable].map { value in
            var names: [Name] = []
            for part in value.split(separator: ",", omittingEmptySubsequences: false) {
                let text = String(part.drop { $0 == " " }.prefix { $0 != " " })
                if let index = Int(text), index >= 0 {
                    names.append(.index(index))
                } else if text.hasPrefix("GPU-") || text.hasPrefix("MIG-") {
                    names.append(.uuid(text))
                } else {
                    break
                }
            }
            return names
        }
    }

    /// How many of the GPUs that there are can be seen.
    func count(of all: Int) -> Int { named.map { min($0.count, all) } ?? all }

    /// The GPU that CUDA calls by a number.
    /// - Parameter count: of the GPUs that there are.
    /// - Throws: ``HardwareError/noSuchGPU(_:reason:)``.
    func name(of number: Int, count: Int) throws(HardwareError) -> Name {
        guard count > 0 else { throw .noSuchGPU(number, reason: "NVIDIA's driver shows none") }
        let machine = "this machine has \(count), numbered from 0"
        guard let named else {
            guard (0..<count).contains(number) else { throw .noSuchGPU(number, reason: machine) }
            return .index(number)
        }
        guard named.indices.contains(number) else {
            throw .noSuchGPU(number, reason: "\(Self.variable) shows \(named.count), and \(machine)")
        }
        if case .index(let index) = named[number], index >= count {
            throw .noSuchGPU(number, reason: "\(Self.variable) says \(index) there, and \(machine)")
        }
        return named[number]
    }
}
