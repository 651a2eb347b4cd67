import Foundation
import Hardware
import Inference
import Synchronization
import TestSupport
import Testing

/// Whether graphs stay on the cores that they are given, as the system sees it.
@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: CoreAffinity.ofProcess.cores.count >= 2))
struct CoresTests {
    /// Each thread's cores, by its number.
    private func threads() throws -> [String: String] {
        var found: [String: String] = [:]
        for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task") {
            // A thread of another test may end meanwhile.
            guard let status = try? String(contentsOfFile: "/proc/self/task/\(thread)/status", encoding: .utf8),
                let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed_list:") })
            else { continue }
            found[thread] = line.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)
        }
        return found
    }

    @Test(.enabled(if: TrainedModel.faceDetector.exists)) func twoGraphsEachStayOnTheirCore() throws {
        let before = CoreAffinity.ofThread.cores
        let cores = CoreAffinity.ofProcess.cores
        for core in cores.suffix(2) {
            let known = try Set(threads().keys)
            let device = try InferenceDevice("cpu:\(core)")
            let graph = try Graph(TrainedModel.faceDetector.path, device: device, threads: 3)
            let confined = try threads().filter { !known.contains($0.key) && $0.value == "\(core)" }
            #expect(confined.count == 2, "the library's two threads besides the one that runs the graph")
            try run(graph)
            #expect(CoreAffinity.ofThread.cores == before, "the thread is given back as it was")
        }
    }

    @Test(.enabled(if: TrainedModel.faceDetector.exists)) func theThreadThatRunsAGraphIsConfinedToo() throws {
        let core = try #require(CoreAffinity.ofProcess.cores.last)
        let graph = try Graph(TrainedModel.faceDetector.path, device: InferenceDevice("cpu:\(core)"))
        let known = try Set(threads().keys)
        // With one core the library starts no thread of its own: a new one that is confined is the one that runs.
        let isSeen = Atomic(false)
        let runner = Thread { while !isSeen.load(ordering: .relaxed) { try? self.run(graph) } }
        runner.start()
        defer { isSeen.store(true, ordering: .relaxed) }
        while try !threads().contains(where: { !known.contains($0.key) && $0.value == "\(core)" }) { sched_yield() }
    }

    @Test(.enabled(if: TrainedModel.faceDetector.exists)) func coresThatAreNotThereAreAnError() throws {
        let error = #expect(throws: InferenceError.self) {
            try Graph(TrainedModel.faceDetector.path, device: .cores(900...901))
        }
        #expect("\(try #require(error))".contains("cpu:900-901 cannot be used: there is no core 900"))
    }

    private func run(_ graph: Graph) throws {
        let binding = try Binding(graph)
        try binding.bind(input: "images", to: Tensor<Float>([1, 3, 640, 640]))
        for port in graph.outputs {
            let shape = port.axes.map { if case .fixed(let length) = $0 { length } else { 1 } }
            try binding.bind(output: port.name, to: Tensor<Float>(shape))
        }
        try binding.run()
    }
}
