import CHardware
import Glibc

/// The cores that a thread may run on, by the system's numbers.
public struct CoreAffinity: Sendable {
    private var mask = cpu_set_t()

    /// Some cores.
    /// - Parameter cores: numbers of 0 or more; those beyond ``largestCore`` are left out.
    public init(_ cores: some Sequence<Int>) {
        withUnsafeMutableBytes(of: &mask) { bytes in
            for core in cores where core >= 0 && core <= Self.largestCore {
                bytes[core / 8] |= 1 << UInt8(core % 8)
            }
        }
    }

    /// The largest number of a core that the system's mask has a bit for.
    public static let largestCore = MemoryLayout<cpu_set_t>.size * 8 - 1

    /// The cores that the process was given, whatever its threads have been confined to.
    public static var ofProcess: CoreAffinity { of(getpid()) }

    /// The cores that the calling thread may run on.
    public static var ofThread: CoreAffinity { of(0) }

    private static func of(_ thread: pid_t) -> CoreAffinity {
        var affinity = CoreAffinity([])
        guard visavis_get_affinity(thread, &affinity.mask) == 0 else {
            return CoreAffinity(0..<max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        }
        return affinity
    }

    /// The numbers of the cores, in ascending order.
    public var cores: [Int] { (0...Self.largestCore).filter(contains) }

    /// Whether a core is among them.
    public func contains(_ core: Int) -> Bool {
        guard core >= 0 && core <= Self.largestCore else { return false }
        return withUnsafeBytes(of: mask) { $0[core / 8] & 1 << UInt8(core % 8) != 0 }
    }

    /// Confines the calling thread to these cores. Threads that it starts inherit that.
    /// - Returns: whether the system agreed: one of them at least has to be the process's.
    public func confineThread() -> Bool { withUnsafePointer(to: mask) { visavis_set_affinity($0) == 0 } }
}

extension CoreAffinity: CustomStringConvertible {
    /// The cores as the system writes them, e.g. `0-3,8`.
    public var description: String {
        var ranges: [ClosedRange<Int>] = []
        for core in cores {
            if let last = ranges.last, last.upperBound == core - 1 {
                ranges[ranges.count - 1] = last.lowerBound...core
            } else {
                ranges.append(core...core)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }
}
