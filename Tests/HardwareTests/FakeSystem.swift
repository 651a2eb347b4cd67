import Foundation
import TestSupport

@testable import Hardware

/// A machine of four cores with 8 GiB, of which 6 GiB are available, as files that a test changes.
final class FakeSystem {
    private let folder: TemporaryFolder
    /// Bytes of addresses that the process may use.
    var addressSpace: UInt64?

    var files: SystemFiles {
        let addressSpace = addressSpace
        return SystemFiles(
            proc: folder.url.appending(path: "proc").path, groups: folder.url.appending(path: "cgroup").path,
            addressSpace: { addressSpace })
    }

    init() throws {
        folder = try TemporaryFolder()
        // As Linux 6.1 writes them.
        try write("proc/meminfo", Self.memoryInfo)
        try write("proc/stat", Self.statistics(busy: [0, 0, 0, 0]))
        try write(
            "proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Xeon(R) Gold @ 2.7GHz\n")
        try write("proc/self/statm", "51200 1200 900 10 0 5000 0\n")
        try write("proc/self/cgroup", "0::/system.slice/visavis.service\n")
    }

    func write(_ path: String, _ text: String) throws { try folder.file(path, Array(text.utf8)) }

    func link(_ path: String, to target: String) throws {
        try? remove(path)
        let link = folder.url.appending(path: path).path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(at: folder.url.appending(path: path)) }

    /// A group with files of the memory controller.
    func group(_ path: String, memory: String, high: String = "max", current: Int, inactive: Int = 0) throws {
        try write("cgroup\(path)/memory.max", "\(memory)\n")
        try write("cgroup\(path)/memory.high", "\(high)\n")
        try write("cgroup\(path)/memory.current", "\(current)\n")
        try write(
            "cgroup\(path)/memory.stat",
            "anon 104857600\nfile 52428800\nkernel 8388608\nactive_file 0\ninactive_file \(inactive)\nunevictable 0\n")
    }

    /// A group with files of the processor's controller.
    func group(_ path: String, processor: String, used microseconds: Int) throws {
        try write("cgroup\(path)/cpu.max", "\(processor)\n")
        try write(
            "cgroup\(path)/cpu.stat",
            "usage_usec \(microseconds)\nuser_usec \(microseconds)\nsystem_usec 0\nnr_periods 0\nnr_throttled 0\n")
    }

    static let memoryInfo = """
        MemTotal:        8388608 kB
        MemFree:         1048576 kB
        MemAvailable:    6291456 kB
        Buffers:          102400 kB
        HugePages_Total:       0
        DirectMap4k:      123456 kB

        """

    /// 1000 ticks of each core for each reading, of which some are busy.
    static func statistics(busy: [Int], readings: Int = 1) -> String {
        let cores = busy.enumerated().map { core, busy in
            "cpu\(core) \(busy / 2) 0 \(busy - busy / 2) \(1000 * readings - busy - 100) 100 0 0 0 0 0"
        }
        return (["cpu  4705 356 584 3699 23 23 0 0 0 0"] + cores + ["intr 114930548 113199788", "ctxt 1990473", ""])
            .joined(separator: "\n")
    }
}
