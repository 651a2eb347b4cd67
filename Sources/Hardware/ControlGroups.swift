/// The control groups (cgroup v2) that this process is in: its own, and those around it. Each may have limits, and all
/// of them hold.
struct ControlGroups {
    /// One group.
    struct Group: Equatable {
        /// From the root of the groups, e.g. `/system.slice/visavis.service`.
        let path: String
        /// The folder of its files.
        let folder: String
    }

    /// The process's own group first. The root has no limits and is left out, unless it is a container's.
    let groups: [Group]

    /// - Throws: ``HardwareError/unreadable(file:reason:)``.
    init(_ files: SystemFiles) throws(HardwareError) {
        let own = try SystemFile(ifThere: "\(files.proc)/self/cgroup").flatMap(Self.path)
        guard let own else {
            groups = []
            return
        }
        groups = Self.paths(from: own).map { path in
            Group(path: path, folder: path == "/" ? files.groups : files.groups + path)
        }
    }

    /// The process's group of version 2 in /proc/self/cgroup; the others are of version 1.
    static func path(in file: SystemFile) -> String? {
        // 0::/system.slice/visavis.service
        file.text.split(separator: "\n").first { $0.hasPrefix("0::/") }.map { String($0.dropFirst(3)) }
    }

    /// A path, and those of all groups around it. A group outside of what can be seen (`/../…`) has only the root.
    static func paths(from path: String) -> [String] {
        let names = path.split(separator: "/")
        guard !names.contains("..") else { return ["/"] }
        return (0...names.count).reversed().map { "/" + names.prefix($0).joined(separator: "/") }
    }

    /// The memory of each group that has a limit.
    /// - Throws: ``HardwareError/unreadable(file:reason:)`` or ``HardwareError/nonsense(source:found:expected:)``.
    func memory() throws(HardwareError) -> [MemoryReading] {
        var readings: [MemoryReading] = []
        for group in groups {
            // Above `high`, the group is not stopped but held up, and that is as bad.
            let limits = try [limit("memory.max", of: group), limit("memory.high", of: group)].compactMap { $0 }
            guard let total = limits.min(),
                let current = try SystemFile(ifThere: "\(group.folder)/memory.current"),
                let statistics = try SystemFile(ifThere: "\(group.folder)/memory.stat")
            else { continue }
            let used = try current.number(at: 0, of: current.lines.first ?? [])
            // Pages of files that nobody has read for a while are given up first.
            let reclaimable = try statistics.number(after: "inactive_file")
            readings.append(
                MemoryReading(
                    used: used - min(used, reclaimable), limitedTo: total, by: .group(group.path)))
        }
        return readings
    }

    private func limit(_ name: String, of group: Group) throws(HardwareError) -> UInt64? {
        guard let file = try SystemFile(ifThere: "\(group.folder)/\(name)") else { return nil }
        let words = file.lines.first ?? []
        return words.first == "max" ? nil : try file.number(at: 0, of: words)
    }

    /// The processor time of one group.
    struct ProcessorTime: Equatable {
        /// How many cores' time it may use.
        var cores: Double
        /// What it has used so far.
        var used: Duration
    }

    /// The processor time of the group whose limit is the tightest; nil if none has one.
    /// - Throws: ``HardwareError/unreadable(file:reason:)`` or ``HardwareError/nonsense(source:found:expected:)``.
    func processorTime() throws(HardwareError) -> ProcessorTime? {
        var tightest: ProcessorTime?
        for group in groups {
            guard let file = try SystemFile(ifThere: "\(group.folder)/cpu.max"),
                let cores = try Self.cores(file), cores < tightest?.cores ?? .infinity,
                let statistics = try SystemFile(ifThere: "\(group.folder)/cpu.stat")
            else { continue }
            let microseconds = try statistics.number(after: "usage_usec")
            tightest = ProcessorTime(cores: cores, used: .microseconds(Int64(clamping: microseconds)))
        }
        return tightest
    }

    /// How many cores' time `cpu.max` allows: microseconds in each period, and the period.
    static func cores(_ file: SystemFile) throws(HardwareError) -> Double? {
        let words = file.lines.first ?? []
        if words.first == "max" { return nil }
        let (quota, period) = (try file.number(at: 0, of: words), try file.number(at: 1, of: words))
        guard quota > 0, period > 0 else {
            throw .nonsense(source: file.path, found: "“\(quota) \(period)”", expected: "microseconds, 1 or more")
        }
        return Double(quota) / Double(period)
    }
}
