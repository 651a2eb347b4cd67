/// What the machine's cores have done since it was started, in the system's ticks: /proc/stat.
struct CoreTimes: Equatable {
    /// One core's time.
    struct Times: Equatable {
        var busy: UInt64
        var all: UInt64
    }

    /// By the core's number; those that are switched off are left out.
    let cores: [Int: Times]

    /// - Throws: ``HardwareError/nonsense(source:found:expected:)``.
    init(_ file: SystemFile) throws(HardwareError) {
        var cores: [Int: Times] = [:]
        for line in file.lines {
            guard let first = line.first, first.hasPrefix("cpu"), let core = Int(first.dropFirst(3)) else { continue }
            // cpu0 user nice system idle iowait irq softirq steal guest guest_nice; guests are in user and nice, too.
            var times: [UInt64] = []
            for index in 1..<max(5, min(9, line.count)) { times.append(try file.number(at: index, of: line)) }
            let idle = times[3] &+ (times.count > 4 ? times[4] : 0)
            let all = times.reduce(0, &+)
            cores[core] = Times(busy: all &- idle, all: all)
        }
        guard !cores.isEmpty else {
            throw .nonsense(source: file.path, found: "no line of a core", expected: "`cpu0` and four numbers at least")
        }
        self.cores = cores
    }

    /// The share of time in which some cores were busy since an earlier moment, 0…1; nil if no time has passed.
    func utilisation(of numbers: some Sequence<Int>, since earlier: CoreTimes) -> Double? {
        var busy = 0.0, all = 0.0
        for number in numbers {
            guard let now = cores[number], let then = earlier.cores[number], now.all > then.all else { continue }
            all += Double(now.all - then.all)
            // Time in which a core waits for a disk may go backwards.
            busy += now.busy > then.busy ? Double(now.busy - then.busy) : 0
        }
        return all > 0 ? min(1, busy / all) : nil
    }
}
