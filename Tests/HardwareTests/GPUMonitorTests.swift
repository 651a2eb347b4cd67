import Foundation
import TestSupport
import Testing

@testable import Hardware

/// What is read through NVIDIA's library, of which a stand-in is built.
@Suite(.timeLimit(.minutes(10)))
struct GPUMonitorTests {
    private static let gibibyte: UInt64 = 1 << 30
    private static let normal = """
        count 2
        name NVIDIA Stand-in
        memory \(80 * gibibyte) \(60 * gibibyte) \(20 * gibibyte)
        utilisation 85

        """

    private func monitor(
        _ stand: StandInNVML, gpu: Int = 0, environment: [String: String] = [:]
    ) throws(HardwareError) -> DeviceMonitor {
        try DeviceMonitor(.gpu(gpu), environment: stand.environment.merging(environment) { $1 })
    }

    @Test func aGPUIsReadAndFollowed() throws {
        let stand = try StandInNVML(Self.normal)
        var monitor = try monitor(stand, gpu: 1)
        #expect(monitor.name == "NVIDIA Stand-in 1" && monitor.device == .gpu(1))
        let first = try monitor.read()
        #expect(first.memory.used == 20 * Self.gibibyte && first.memory.total == 80 * Self.gibibyte)
        #expect(first.memory.share == 0.25 && first.memory.limit == .device && first.utilisation == 0.85)
        try stand.set("memory \(80 * Self.gibibyte) \(4 * Self.gibibyte) \(76 * Self.gibibyte)\nutilisation 100\n")
        #expect(try monitor.read().memory.share == 0.95)
    }

    @Test(arguments: [
        ("memory 100 0 101\n", "101 of 100 bytes"), ("memory 0 0 0\n", "0 of 0 bytes"),
        ("memory 100 18446744073709551615 50\nutilisation 101\n", "101%"),
        ("memory 100 50 50\nfail nvmlDeviceGetMemoryInfo 15\n", "GPU is lost (15)"),
        ("memory 100 50 50\nfail nvmlDeviceGetMemoryInfo 998\n", "no reason given (998)"),
        ("memory 100 50 50\nfail nvmlDeviceGetUtilizationRates 999\n", "Unknown Error (999)"),
    ])
    func whatMakesNoSenseIsAnErrorThatNamesTheFunction(state: String, found: String) throws {
        let stand = try StandInNVML(Self.normal)
        var monitor = try monitor(stand)
        try stand.set(state)
        let error = try #require(throws: HardwareError.self) { try monitor.read() }
        #expect("\(error)".contains(found) && "\(error)".contains("nvmlDeviceGet"), "\(error)")
        #expect("\(error)".contains(stand.library.path), "\(error)")
        try stand.set(Self.normal)
        #expect(throws: Never.self, "the next reading may succeed") { try monitor.read() }
    }

    @Test(arguments: [
        ("count 0\n", "no GPU 0: NVIDIA's driver shows none"), ("fail nvmlInit_v2 9\n", "Driver Not Loaded (9)"),
        ("fail nvmlDeviceGetCount_v2 999\n", "nvmlDeviceGetCount_v2"),
        ("fail nvmlDeviceGetHandleByIndex_v2 15\n", "nvmlDeviceGetHandleByIndex_v2"),
        ("fail nvmlDeviceGetName 999\n", "nvmlDeviceGetName"),
    ])
    func aGPUThatCannotBeFoundIsAnError(state: String, words: String) throws {
        let stand = try StandInNVML(state)
        let error = try #require(throws: HardwareError.self) { try monitor(stand) }
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test func aPartOfAGPUHasNoUtilisation() throws {
        let stand = try StandInNVML("memory 100 50 50\nfail nvmlDeviceGetUtilizationRates 3\n")
        var monitor = try monitor(stand)
        #expect(try monitor.read().utilisation == nil)
    }

    @Test func aLibraryWithoutAFunctionIsUnusable() throws {
        let stand = try StandInNVML(Self.normal, flags: ["-DWITHOUT_MEMORY"])
        #expect(
            throws: HardwareError.libraryUnusable(
                path: stand.library.path, reason: "it has no function nvmlDeviceGetMemoryInfo")
        ) { try monitor(stand) }
    }

    @Test func aLibraryThatIsNotThereIsUnusable() throws {
        let error = try #require(throws: HardwareError.self) {
            try DeviceMonitor(.gpu(0), environment: ["VISAVIS_NVML": "/nowhere/libnvidia-ml.so"])
        }
        #expect("\(error)".hasPrefix("/nowhere/libnvidia-ml.so cannot be used") && "\(error)".contains("driver"))
    }

    @Test func theGPUsThatCUDAShowsAreCounted() throws {
        let stand = try StandInNVML(Self.normal)
        #expect(try DeviceMonitor.gpuCount(environment: stand.environment) == 2)
        let one = stand.environment.merging(["CUDA_VISIBLE_DEVICES": "1"]) { $1 }
        #expect(try DeviceMonitor.gpuCount(environment: one) == 1)
        #expect(try DeviceMonitor(.gpu(0), environment: one).name == "NVIDIA Stand-in 1")
    }

    @Test func aGPUIsFoundByItsWholeUUID() throws {
        let stand = try StandInNVML(Self.normal)
        let found = try monitor(stand, environment: ["CUDA_VISIBLE_DEVICES": "GPU-stand-in"])
        #expect(found.name == "NVIDIA Stand-in 99")
        let error = try #require(throws: HardwareError.self) {
            try monitor(stand, environment: ["CUDA_VISIBLE_DEVICES": "GPU-stand"])
        }
        #expect("\(error)".contains("Not Found") && "\(error)".contains("nvidia-smi -L"), "\(error)")
    }
}

struct VisibleGPUsTests {
    @Test(
        arguments: [
            (nil, nil), ("", []), ("0", [.index(0)]), ("2,0", [.index(2), .index(0)]),
            (" 1 , 0", [.index(1), .index(0)]),
            ("0,-1,1", [.index(0)]), ("x", []), ("NoDevFiles", []), ("0,,1", [.index(0)]),
            ("GPU-8932f937,MIG-5a1b", [.uuid("GPU-8932f937"), .uuid("MIG-5a1b")]),
        ] as [(String?, [VisibleGPUs.Name]?)])
    func theVariableIsReadAsCUDADoes(value: String?, names: [VisibleGPUs.Name]?) {
        let environment = value.map { ["CUDA_VISIBLE_DEVICES": $0] } ?? [:]
        #expect(VisibleGPUs(environment: environment).named == names)
    }

    @Test(arguments: [(nil, 2), ("1", 1), ("0,7", 1), ("", 0)] as [(String?, Int)])
    func aNumberBeyondThoseThatAreShownIsAnError(value: String?, number: Int) throws {
        let visible = VisibleGPUs(environment: value.map { ["CUDA_VISIBLE_DEVICES": $0] } ?? [:])
        let error = try #require(throws: HardwareError.self) { try visible.name(of: number, count: 2) }
        #expect("\(error)".contains("There is no GPU \(number)") && "\(error)".contains("this machine has 2"))
    }
}
