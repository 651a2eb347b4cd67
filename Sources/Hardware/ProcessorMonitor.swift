import Glibc

/// Reads the processor and the memory beside it, as far as this process may use them.
struct ProcessorMonitor: Sendable {
    private let files: SystemFiles
    /// The cores whose work counts.
    private let cores: CoreAffinity
    /// Whether these are all that the process has, so that a limit on its time counts, too.
    private let isWhole: Bool
    private var earlier: Moment?

    /// What utilisation is the difference of.
    private struct Moment {
        var instant: ContinuousClock.Instant
        var cores: CoreTimes
        var group: ControlGroups.ProcessorTime?
    }

    /// - Parameter cores: those whose work counts; nil for all that the process may use.
    init(cores: ClosedRange<Int>?, files: SystemFiles) {
        self.files = files
        self.cores = cores.map { CoreAffinity($0) } ?? .ofProcess
        isWhole = cores == nil
    }

    /// What the processor is sold as.
    func name() throws(HardwareError) -> String {
        // model name	: Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz; Arm has no such line.
        let line = try SystemFile("\(files.proc)/cpuinfo").text.split(separator: "\n")
            .first { $0.hasPrefix("model name") }
        return line?.split(separator: ":", maxSplits: 1).last.map { String($0.drop { $0 == " " }) } ?? "processor"
    }

    mutating func read(at now: ContinuousClock.Instant) throws(HardwareError) -> DeviceReading {
        let groups = try ControlGroups(files)
        let moment = Moment(
            instant: now, cores: try CoreTimes(SystemFile("\(files.proc)/stat")),
            group: isWhole ? try groups.processorTime() : nil)
        let utilisation = earlier.flatMap { self.utilisation(moment, since: $0) }
        earlier = moment
        return DeviceReading(memory: try memory(groups), utilisation: utilisation)
    }

    /// Of all limits the one that is nearest, so that whoever keeps below a share of it keeps below that share of all.
    private func memory(_ groups: ControlGroups) throws(HardwareError) -> MemoryReading {
        var readings = try groups.memory()
        if let addresses = try addressSpace() { readings.append(addresses) }
        return readings.reduce(try machineMemory()) { $1.share > $0.share ? $1 : $0 }
    }

    private func machineMemory() throws(HardwareError) -> MemoryReading {
        let file = try SystemFile("\(files.proc)/meminfo")
        let (total, available) = (try file.number(after: "MemTotal:"), try file.number(after: "MemAvailable:"))
        guard total > 0, total <= UInt64.max / 1024, available <= total else {
            throw .nonsense(
                source: file.path, found: "\(available) kB available of \(total) kB",
                expected: "1 or more, and no more in use than there are")
        }
        return MemoryReading(used: (total - available) * 1024, limitedTo: total * 1024, by: .machine)
    }

    private func addressSpace() throws(HardwareError) -> MemoryReading? {
        guard let total = files.addressSpace() else { return nil }
        let file = try SystemFile("\(files.proc)/self/statm")
        let pages = try file.number(at: 0, of: file.lines.first ?? [])
        let (bytes, isTooMuch) = pages.multipliedReportingOverflow(by: UInt64(sysconf(Int32(_SC_PAGESIZE))))
        return MemoryReading(used: isTooMuch ? .max : bytes, limitedTo: total, by: .addressSpace)
    }

    private func utilisation(_ now: Moment, since earlier: Moment) -> Double? {
        guard let group = now.group, let before = earlier.group, group.cores < Double(cores.cores.count) else {
            return now.cores.utilisation(of: cores.cores, since: earlier.cores)
        }
        let allowed = (now.instant - earlier.instant) * group.cores
        guard allowed > .zero, group.used >= before.used else { return nil }
        return min(1, (group.used - before.used) / allowed)
    }
}
