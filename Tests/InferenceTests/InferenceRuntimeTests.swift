import CONNXRuntime
import Foundation
import TestSupport
import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(10)))
struct InferenceRuntimeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func search(
        _ environment: [String: String] = [:], program: String? = nil, working: String? = nil
    ) -> LibrarySearch {
        LibrarySearch(
            environment: environment, programFolder: program ?? folder.url.path,
            workingFolder: working ?? folder.url.path)
    }

    @Test func theLibraryIsFoundWhereTheTestsRun() throws {
        let runtime = try InferenceRuntime.load()
        #expect(runtime.version.split(separator: ".").count == 3)
        #expect(runtime.providers.contains(InferenceDevice.cpu.provider))
        #expect(runtime.path.contains("libonnxruntime"))
    }

    @Test func placesAreLookedAtFromTheProgramUpwards() {
        let places = search(program: "/opt/visavis/.build/release", working: "/opt/films").places
        #expect(
            places == [
                .environment("/opt/visavis/.build/release/.venv"), .environment("/opt/visavis/.build/.venv"),
                .environment("/opt/visavis/.venv"), .environment("/opt/.venv"), .environment("/.venv"),
                .environment("/opt/films/.venv"), .system("libonnxruntime.so.1"), .system("libonnxruntime.so"),
            ])
    }

    @Test func whatTheUserNamesIsTheOnlyPlace() {
        #expect(search([LibrarySearch.variable: "/opt/ort"]).places == [.named("/opt/ort")])
        #expect(search([LibrarySearch.variable: ""]).places.count > 2)
    }

    @Test func theLibraryOfAnEnvironmentIsFoundByItsFolder() throws {
        let runtime = try InferenceRuntime.shared()
        try #require(runtime.path.contains("/"))
        let package = "project/.venv/lib/python3.11/site-packages/onnxruntime/capi"
        try folder.file("\(package)/libonnxruntime_providers_shared.so")
        let library = folder.url.appending(path: "\(package)/libonnxruntime.so.1.99.0")
        try FileManager.default.createSymbolicLink(at: library, withDestinationURL: URL(filePath: runtime.path))
        let project = folder.url.appending(path: "project/some/where").path
        #expect(try InferenceRuntime.load(search(program: project)).path == library.path)
        let variable = [LibrarySearch.variable: library.deletingLastPathComponent().path]
        #expect(try InferenceRuntime.load(search(variable)).path == library.path)
    }

    @Test func aMissingLibraryIsAnErrorThatSaysWhereItWasLookedFor() throws {
        let named = try #require(throws: InferenceError.self) {
            try InferenceRuntime.load(search([LibrarySearch.variable: "/nowhere/libonnxruntime.so"]))
        }
        #expect("\(named)".contains("/nowhere/libonnxruntime.so") && "\(named)".contains("scripts/setup"))
        let searched = search()
        guard !searched.places.contains(where: Self.isKnown) else { return }
        let missing = try #require(throws: InferenceError.self) { try InferenceRuntime.load(searched) }
        for part in ["\(folder.url.path)/.venv", "libonnxruntime.so.1", "scripts/setup", LibrarySearch.variable] {
            #expect("\(missing)".contains(part))
        }
    }

    /// Whether this machine has a library where every search looks.
    private static func isKnown(_ place: LibrarySearch.Place) -> Bool {
        switch place {
        case .system(let name): (try? InferenceRuntime.load(name)) != nil
        case .environment(let environment): !LibrarySearch.libraries(inEnvironment: environment).isEmpty
        case .named: false
        }
    }

    @Test func aLibraryOfSomethingElseIsRefused() throws {
        let error = try #require(throws: InferenceError.self) { try InferenceRuntime.load("libz.so.1") }
        #expect("\(error)".contains("libz.so.1") && "\(error)".contains("OrtGetApiBase"))
    }

    @Test(arguments: [[], Array("no library".utf8)] as [[UInt8]])
    func aFileThatIsNoLibraryIsRefused(bytes: [UInt8]) throws {
        let file = try folder.file("libonnxruntime.so", bytes)
        let error = try #require(throws: InferenceError.self) { try InferenceRuntime.load(file.path) }
        guard case .libraryUnusable(file.path, _) = error else {
            Issue.record(error)
            return
        }
        #expect(throws: InferenceError.self) { try InferenceRuntime.load(folder.url.path) }
    }

    @Test func anOldLibraryIsRefusedByItsVersion() throws {
        let error = try #require(throws: InferenceError.self) {
            try InferenceRuntime(OldLibrary.entryPoint, path: "/opt/old/libonnxruntime.so")
        }
        #expect(error == .libraryTooOld(path: "/opt/old/libonnxruntime.so", version: "1.2.0"))
        #expect("\(error)".contains("is ONNX Runtime 1.2.0; 1.18 or later is needed"))
    }

    @Test func gpuLibrariesOfPackagesAreFound() throws {
        for name in ["nvidia/cu13/lib/libcublas.so.13", "nvidia/cudnn/lib/libcudnn.so.9", "nvidia/cudnn/lib/notes.txt"]
        {
            try folder.file(name)
        }
        try folder.file("tensorrt_libs/libnvinfer.so.10")
        let packages = folder.url.path
        let library = "\(packages)/onnxruntime/capi/libonnxruntime.so.1.31.1"
        let cuda = ["\(packages)/nvidia/cu13/lib/libcublas.so.13", "\(packages)/nvidia/cudnn/lib/libcudnn.so.9"]
        #expect(GPULibraries.files(for: .cuda(0), besides: library) == cuda)
        #expect(
            GPULibraries.files(for: .tensorrt(0), besides: library)
                == cuda + ["\(packages)/tensorrt_libs/libnvinfer.so.10"])
        #expect(GPULibraries.files(for: .cuda(0), besides: "libonnxruntime.so.1") == [])
        GPULibraries.preload(for: .cuda(0), besides: library)  // None of them is a library: nothing happens.
    }
}

/// A library that does not know the version that is asked for.
private enum OldLibrary {
    /// Unchecked: it never changes.
    private struct Base: @unchecked Sendable {
        let pointer: UnsafePointer<ort_api_base>
    }

    private static let version: @convention(c) () -> UnsafePointer<CChar> = {
        UnsafeRawPointer(("1.2.0" as StaticString).utf8Start).assumingMemoryBound(to: CChar.self)
    }

    private static let base: Base = {
        let base = UnsafeMutablePointer<ort_api_base>.allocate(capacity: 1)
        base.initialize(to: ort_api_base(get_api: { _ in nil }, get_version: version))
        return Base(pointer: base)
    }()

    static let entryPoint: ort_get_api_base = { base.pointer }
}
