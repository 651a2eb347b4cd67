import Foundation
import TestSupport
import Testing

@testable import Models

@Suite(.timeLimit(.minutes(10))) struct ModelPullTests {
    /// Enough for many pieces: 300 kB that are everywhere different.
    private static let weights = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })

    private let server: FaultyServer
    private let target: TemporaryFolder

    init() throws {
        server = try FaultyServer(files: ["a/unet.pth": Self.weights, "a/config.json": Data("{}".utf8)])
        target = try TemporaryFolder()
    }

    private func sum(_ data: Data) throws -> String {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) { try SHA256.sum(ofFile: folder.file("data", data)) }
    }

    /// Fetches with the sum known or not.
    private func pull(_ fault: FaultyServer.Fault, path: String = "a/unet.pth", sum: String?) async throws
        -> [PulledFile]
    {
        let file = ModelCatalogue.File(path: path, saveAs: "unet/unet.pth", bytes: nil, sha256: sum)
        let entry = ModelCatalogue.Entry(title: "", version: "1.5", files: [file])
        var pull = ModelPull(entry, from: try server.base(fault), to: target.url)
        pull.patience = Patience(tries: 4, pause: .milliseconds(1))
        return try await pull.run()
    }

    private var fetched: Data? { try? Data(contentsOf: target.url.appending(path: "unet/unet.pth")) }
    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: target.url.appending(path: "unet").path)) ?? []).sorted()
    }

    @Test(arguments: [FaultyServer.Fault.nothing, .cut, .forgetful, .busy, .redirect])
    func theFileArrivesWhateverHappensToTheLine(_ fault: FaultyServer.Fault) async throws {
        let sum = try sum(Self.weights)
        let files = try await pull(fault, sum: sum)
        #expect(fetched == Self.weights)
        #expect(names == ["unet.pth"])
        #expect(
            files == [PulledFile(file: "unet/unet.pth", bytes: 300_000, sha256: sum, vouchedForBy: .catalogue)])
    }

    @Test func aCutLineIsContinuedWhereItWasCut() async throws {
        _ = try await pull(.cut, sum: sum(Self.weights))
        #expect(
            server.requests == ["/cut/a/unet.pth -", "/cut/a/unet.pth bytes=100000-", "/cut/a/unet.pth bytes=200000-"])
    }

    @Test func aDownloadOfYesterdayIsContinued() async throws {
        try target.file("unet/unet.pth.part", Self.weights.prefix(123_456))
        _ = try await pull(.nothing, sum: sum(Self.weights))
        #expect(fetched == Self.weights)
        #expect(server.requests == ["/nothing/a/unet.pth bytes=123456-"])
    }

    @Test func whatIsThereAndRightIsNotFetchedAgain() async throws {
        try target.file("unet/unet.pth", Self.weights)
        _ = try await pull(.nothing, sum: sum(Self.weights))
        #expect(server.requests == [])
    }

    @Test func aSumThatIsUnknownIsTheServers() async throws {
        let files = try await pull(.redirect, sum: nil)
        #expect(files.first?.vouchedForBy == .server)
        #expect(files.first?.sha256 == (try sum(Self.weights)))
        // It is written down, so that the next run knows it.
        #expect(names == ["unet.pth", "unet.pth.sha256"])
        let requests = server.requests.count
        #expect(try await pull(.redirect, sum: nil) == files)
        #expect(server.requests.count == requests)
    }

    @Test func wrongBytesAreNotKept() async throws {
        let wanted = try sum(Self.weights)
        await #expect {
            try await pull(.liar, sum: wanted)
        } throws: { error in
            guard case ModelError.wrongChecksum(_, _, let expected) = error else { return false }
            return expected == wanted
        }
        #expect(names == [])
    }

    @Test func aFileThatIsNotThereIsAskedForOnce() async throws {
        await #expect {
            try await pull(.nothing, path: "a/other.pth", sum: nil)
        } throws: { error in
            "\(error)".contains("a/other.pth") && "\(error)".contains("404")
        }
        #expect(server.requests.count == 1)
    }

    @Test func aServerThatSendsNothingIsGivenUp() async throws {
        await #expect(throws: ModelError.self) { try await pull(.mute, sum: nil) }
        #expect(server.requests.count == 4)
    }

    @Test(.enabled(if: TrainedModel.voiceDetector.exists))
    func theVoiceDetectorIsThePublishedOneWhateverHappensToTheLine() async throws {
        let entry = try ModelCatalogue.standard().entry("silero-vad")
        let path = try #require(entry.files.first?.path)
        let published = try Data(contentsOf: URL(filePath: TrainedModel.voiceDetector.path))
        let server = try FaultyServer(files: [path: published])
        var pull = ModelPull(entry, from: try server.base(.cut), to: target.url)
        pull.patience = Patience(tries: 4, pause: .milliseconds(1))
        let files = try await pull.run()
        #expect(files.map(\.vouchedForBy) == [.catalogue])
        #expect(target.fileNames == ["silero_vad.onnx"])
        #expect(server.requests.count > 1)
        let requests = server.requests.count
        #expect(try await pull.run() == files)
        #expect(server.requests.count == requests)
    }

    @Test func theCatalogueNamesWhatTheImporterReads() throws {
        let catalogue = try ModelCatalogue.standard()
        let known = ["musetalk-1.0", "musetalk-1.5", "silero-vad"]
        #expect(catalogue.entries.keys.sorted() == known)
        for entry in catalogue.entries.values where entry.version != nil {
            #expect(entry.files.allSatisfy { $0.sha256 == nil || $0.sha256?.count == 64 })
            #expect(entry.files.contains { $0.saveAs.hasSuffix("musetalk.json") })
            for folder in ["sd-vae/", "whisper/"] {
                #expect(entry.files.filter { $0.saveAs.hasPrefix(folder) }.count == 2)
            }
        }
        #expect(throws: ModelError.unknown(name: "musetalk-2", known: known)) {
            try catalogue.entry("musetalk-2")
        }
    }
}
