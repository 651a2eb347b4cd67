import Batching
import Foundation
import Glibc
import TestSupport
import Testing

@testable import MuseTalk

/// The real graph in a process that may have only so much memory: this program once more, for this one test.
@Suite(.timeLimit(.minutes(10)), .enabled(if: Golden.exist && MiniModel.exists)) struct FaceMemoryTests {
    private static let variable = "VISAVIS_TEST_MEMORY"
    private static let isLimited = ProcessInfo.processInfo.environment[variable] != nil

    @Test(.enabled(if: !isLimited)) func aLimitThatIsTightenedCostsNoFaceAndNoProcess() throws {
        let folder = try TemporaryFolder()
        let errors = folder.url.appending(path: "errors")
        let child = try ChildProcess(
            URL(filePath: "/proc/self/exe").resolvingSymlinksInPath(),
            ["--testing-library", "swift-testing", "--filter", "FaceMemoryTests"], environment: [Self.variable: "1"],
            errors: errors)
        #expect(child.waitForExit() == 0)
        let said = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        #expect(said.contains("whileMemoryIsShort() passed"), "\(said)")
    }

    /// A batch of eight takes 450 MB more than one of one: there are 250.
    @Test(.enabled(if: isLimited)) func whileMemoryIsShort() async throws {
        let sizes = BatchSizes(upTo: 8)
        let runner = try FaceRunner(graphAt: GoldenFaces.graph, sizes: sizes)
        let batcher = FrameBatcher(runner, configuration: .init(sizes: sizes, policy: .fixed(8)))
        let film = await batcher.begin(isFilm: true)
        let first = try GoldenFaces.slots([0])[0]
        #expect(try await batcher.make(first, in: film, isFirst: true, within: nil) == .made)

        let used = try Self.addressSpace()
        let addresses = __rlimit_resource_t(RLIMIT_AS.rawValue)
        var limit = rlimit()
        getrlimit(addresses, &limit)
        limit.rlim_cur = rlim_t(used + 250_000_000)
        #expect(setrlimit(addresses, &limit) == 0)
        let slots = try GoldenFaces.slots((0..<10).map { $0 % 8 })
        let jobs = slots.map { slot in
            Task { try await batcher.make(slot, in: film, isFirst: false, within: nil) }
        }
        for job in jobs { #expect(try await job.value == .made) }
        #expect(await batcher.largestBatch < 8)
        let official = try Golden.array("decoded_rgb_u8.npy", of: UInt8.self)
        for (frame, slot) in slots.enumerated() {
            #expect(slot.withImage { FaceDifference($0, Array(official[frame % 8])).max } <= 1, "frame \(frame)")
        }
    }

    /// Bytes of address space in use.
    private static func addressSpace() throws -> Int {
        let statm = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = try #require(statm.split(separator: " ").first.flatMap { Int($0) })
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
