import Foundation

/// What a process used during a test.
public struct ProcessUsage: Sendable, Encodable {
    /// CPU time of all its threads, user and system, in seconds.
    public var cpuSeconds: Double
    /// That per second of the test: 1 is one core all the time.
    public var cores: Double
    /// The most memory that it had in RAM, in MiB, sampled once a second.
    public var peakMiB: Double

    private enum CodingKeys: String, CodingKey {
        case cores
        case cpuSeconds = "cpu_seconds"
        case peakMiB = "peak_mib"
    }
}

/// Reads what a process uses from `/proc` (proc(5)).
struct ProcessMeter {
    private let id: Int32
    private let cpuAtStart: Double
    private var peakPages = 0

    /// Starts measuring.
    /// - Throws: ``LoadError/noProcess(_:)``.
    init(_ id: Int32) throws(LoadError) {
        guard let cpu = Self.cpuSeconds(of: id) else { throw .noProcess(id) }
        self.id = id
        cpuAtStart = cpu
        sample()
    }

    /// Looks at the memory; called every second.
    mutating func sample() {
        guard let text = try? String(contentsOfFile: "/proc/\(id)/statm", encoding: .utf8) else { return }
        let fields = text.split(separator: " ")
        if fields.count > 1, let pages = Int(fields[1]) { peakPages = max(peakPages, pages) }
    }

    /// What was used in `seconds`; nil if the process is gone.
    func usage(in seconds: Double) -> ProcessUsage? {
        guard let cpu = Self.cpuSeconds(of: id) else { return nil }
        let used = cpu - cpuAtStart
        return ProcessUsage(
            cpuSeconds: used, cores: used / seconds,
            peakMiB: Double(peakPages * Int(sysconf(Int32(_SC_PAGESIZE)))) / 1_048_576)
    }

    /// `utime` and `stime` of `/proc/ID/stat`: the 14th and 15th field. The second is the program's name in
    /// parentheses, in which anything may stand.
    private static func cpuSeconds(of id: Int32) -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
            let nameEnd = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[nameEnd...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
