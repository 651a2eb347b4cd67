import Foundation
import Glibc
import TestSupport
import Testing

@testable import Hardware

/// What is read of the processor and of the machine's memory.
@Suite(.timeLimit(.minutes(10)))
struct ProcessorMonitorTests {
    private static let mebibyte: UInt64 = 1 << 20

    private func read(_ system: FakeSystem) throws -> DeviceReading {
        var monitor = try DeviceMonitor(.processor(cores: nil), files: system.files)
        return try monitor.read()
    }

    @Test func theMachineItselfIsRead() throws {
        var monitor = try DeviceMonitor(.processor(cores: nil))
        let first = try monitor.read()
        #expect(first.memory.total > 0 && (0...1).contains(first.memory.share) && first.utilisation == nil)
        #expect(!monitor.name.isEmpty)
        // Work enough for the system's clock to tick.
        let end = ContinuousClock.now + .milliseconds(50)
        while ContinuousClock.now < end {}
        #expect(try monitor.read().utilisation ?? 0 > 0)
    }

    @Test func withoutLimitsTheMachinesMemoryCounts() throws {
        let system = try FakeSystem()
        let memory = try read(system).memory
        #expect(memory.limit == .machine && memory.total == 8192 * Self.mebibyte && memory.share == 0.25)
        // A process that is in groups of version 1 alone.
        try system.write("proc/self/cgroup", "12:memory:/docker/1\n1:name=systemd:/docker/1\n")
        #expect(try read(system).memory == memory)
        try system.remove("proc/self/cgroup")
        #expect(try read(system).memory == memory)
    }

    @Test func aGroupsFilesThatItCanGiveUpAreNotInUse() throws {
        let system = try FakeSystem()
        let megabytes = { (count: Int) in count << 20 }
        try system.group(
            "/system.slice/visavis.service", memory: "\(megabytes(1000))", current: megabytes(900),
            inactive: megabytes(300))
        let memory = try read(system).memory
        #expect(memory.limit == .group("/system.slice/visavis.service") && memory.share == 0.6)
        #expect(memory.used == 600 * Self.mebibyte && memory.free == 400 * Self.mebibyte)
    }

    @Test func theNearestOfAllLimitsCounts() throws {
        let system = try FakeSystem()
        try system.group("/system.slice/visavis.service", memory: "max", high: "1000", current: 300)
        try system.group("/system.slice", memory: "2000", current: 1200)
        #expect(try read(system).memory.limit == .group("/system.slice"))
        #expect(try read(system).memory.share == 0.6)
        // 51,200 pages of 4 KiB are 200 MiB.
        system.addressSpace = 250 << 20
        #expect(try read(system).memory.limit == .addressSpace)
        #expect(try read(system).memory.share == 0.8)
        try system.group("/", memory: "1000", current: 850)
        #expect(try read(system).memory.limit == .group("/"), "the root of a container's groups")
        try system.write("proc/meminfo", "MemTotal: 100 kB\nMemAvailable: 1 kB\n")
        #expect(try read(system).memory.limit == .machine)
    }

    @Test(arguments: [("0", 5), ("1000", 4000)])
    func aLimitBelowWhatIsInUseIsFull(limit: String, current: Int) throws {
        let system = try FakeSystem()
        try system.group("/system.slice/visavis.service", memory: limit, current: current)
        #expect(try read(system).memory.share == 1)
    }

    @Test func aGroupThatCannotBeSeenLeavesTheRoot() throws {
        let system = try FakeSystem()
        try system.write("proc/self/cgroup", "0::/../other\n")
        try system.group("/", memory: "1000", current: 800)
        #expect(try read(system).memory.limit == .group("/"))
    }

    @Test func theProcessesOwnLimitOfAddressesIsReadAndFollowed() throws {
        var before = rlimit()
        #expect(getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &before) == 0)
        defer { setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &before) }
        // So much that no other test notices.
        var limit = rlimit(rlim_cur: 1 << 45, rlim_max: before.rlim_max)
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
        let system = try FakeSystem()
        try system.write("proc/meminfo", "MemTotal: 100 kB\nMemAvailable: 100 kB\n")
        var files = system.files
        try system.link("proc/self", to: "/proc/self")
        files.addressSpace = SystemFiles.machine.addressSpace
        var monitor = try DeviceMonitor(.processor(cores: nil), files: files)
        let memory = try monitor.read().memory
        #expect(memory.limit == .addressSpace && memory.total == 1 << 45 && memory.used > 0)
        // Addresses count that are merely reserved. The limit that is lowered is noticed at the next reading.
        let reserved = mmap(nil, 64 << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        defer { munmap(reserved, 64 << 30) }
        limit.rlim_cur = 1 << 44
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0)
        let tightened = try monitor.read().memory
        #expect(tightened.total == 1 << 44 && tightened.used > 64 << 30)
    }

    @Test(arguments: [
        ("proc/meminfo", "", "MemTotal:"), ("proc/meminfo", "MemTotal: 8 kB\n", "MemAvailable:"),
        ("proc/meminfo", "MemTotal: 8 kB\nMemAvailable: 9 kB\n", "9 kB available of 8 kB"),
        ("proc/meminfo", "MemTotal: 0 kB\nMemAvailable: 0 kB\n", "0 kB"),
        ("proc/meminfo", "MemTotal: 18446744073709551615 kB\nMemAvailable: 0 kB\n", "18446744073709551615"),
        ("proc/meminfo", "MemTotal:\nMemAvailable: 0 kB\n", "“MemTotal:”"),
        ("proc/meminfo", "MemTotal: -1 kB\nMemAvailable: 0 kB\n", "-1"),
        ("proc/stat", "", "no line of a core"), ("proc/stat", "cpu0 1 2\n", "“cpu0 1 2”"),
        ("proc/stat", "cpu0 a b c d\n", "a b c d"), ("proc/self/statm", "", "number as word 1"),
        ("cgroup/system.slice/memory.max", "lots\n", "lots"), ("cgroup/system.slice/memory.current", "", "“”"),
        ("cgroup/system.slice/memory.stat", "anon 5\n", "inactive_file"),
        ("cgroup/system.slice/cpu.max", "1000\n", "number as word 2"),
        ("cgroup/system.slice/cpu.max", "1000 0\n", "1000 0"), ("cgroup/system.slice/cpu.stat", "\n", "usage_usec"),
    ])
    func aFileThatMakesNoSenseIsNamed(path: String, text: String, found: String) throws {
        let system = try FakeSystem()
        system.addressSpace = 1 << 40
        try system.group("/system.slice", memory: "1000", current: 1)
        try system.group("/system.slice", processor: "100000 100000", used: 1)
        #expect(throws: Never.self) { try read(system) }
        try system.write(path, text)
        let error = try #require(throws: HardwareError.self) { try read(system) }
        #expect("\(error)".contains(path) && "\(error)".contains(found), "\(error)")
    }

    @Test func aFileThatIsNotThereIsNamed() throws {
        let system = try FakeSystem()
        try system.remove("proc/meminfo")
        let error = try #require(throws: HardwareError.self) { try read(system) }
        #expect("\(error)".contains("proc/meminfo cannot be read"))
    }

    @Test func someCoresAreAsBusyAsTheyAre() throws {
        let system = try FakeSystem()
        var some = try DeviceMonitor(.processor(cores: 0...1), files: system.files)
        var other = try DeviceMonitor(.processor(cores: 2...7), files: system.files)
        #expect(try some.read().utilisation == nil && other.read().utilisation == nil)
        try system.write("proc/stat", FakeSystem.statistics(busy: [900, 300, 0, 100], readings: 2))
        #expect(try some.read().utilisation == 0.6, "1200 of 2000 ticks")
        #expect(try other.read().utilisation == 0.05, "cores 4 to 7 are not there")
        #expect(try some.read().utilisation == nil, "no time has passed")
        // The time for which a core waits for disks may go backwards.
        try system.write("proc/stat", FakeSystem.statistics(busy: [800, 300, 0, 100], readings: 3))
        #expect(try some.read().utilisation == 0)
    }

    @Test func aLimitOfTimeIsWhatUtilisationIsAShareOf() throws {
        let system = try FakeSystem()
        try system.group("/system.slice", processor: "max 100000", used: 0)
        try system.group("/system.slice/visavis.service", processor: "50000 100000", used: 1_000_000)
        var monitor = try DeviceMonitor(.processor(cores: nil), files: system.files)
        let start = ContinuousClock.now
        #expect(try monitor.read(at: start).utilisation == nil)
        try system.group("/system.slice/visavis.service", processor: "50000 100000", used: 1_100_000)
        #expect(try monitor.read(at: start + .seconds(1)).utilisation == 0.2, "0.1 s of 0.5 s")
        try system.group("/system.slice/visavis.service", processor: "50000 100000", used: 9_000_000)
        #expect(try monitor.read(at: start + .seconds(2)).utilisation == 1)
        #expect(try monitor.read(at: start + .seconds(2)).utilisation == nil, "no time has passed")
    }
}
