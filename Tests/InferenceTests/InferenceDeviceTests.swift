import Hardware
import Testing

@testable import Inference

struct InferenceDeviceTests {
    @Test(
        arguments: [
            ("cpu", .cpu), ("cuda:0", .cuda(0)), ("cuda:12", .cuda(12)), ("cuda", .cuda(0)),
            ("tensorrt:1", .tensorrt(1)), ("cpu:0", .cores(0...0)), ("cpu:2-13", .cores(2...13)),
        ] as [(String, InferenceDevice)])
    func devicesHaveNames(name: String, device: InferenceDevice) throws {
        #expect(try InferenceDevice(name) == device)
        #expect(try InferenceDevice(device.description) == device)
    }

    @Test(arguments: [
        "", "gpu", "CPU", "cpu:", "cpu:1-0", "cpu:-1", "cpu:0-", "cpu:0-1-2", "cpu:a-b", "cuda:", "cuda:-1", "cuda:x",
        "cuda:0:1", "cuda:9999", "cuda:٣",
    ])
    func otherNamesAreErrors(name: String) throws {
        let error = try #require(throws: InferenceError.self) { try InferenceDevice(name) }
        #expect("\(error)".contains("`\(name)` is no device") && "\(error)".contains("tensorrt:N"))
    }

    @Test(
        arguments: [
            ("cpu", [.cpu]), ("cuda:0,cuda:1", [.cuda(0), .cuda(1)]),
            ("cpu:0-1,cpu:2", [.cores(0...1), .cores(2...2)]),
            ("cpu:3,tensorrt:0,cuda:2", [.cores(3...3), .tensorrt(0), .cuda(2)]), ("cpu,cuda:0", [.cpu, .cuda(0)]),
        ] as [(String, [InferenceDevice])])
    func listsOfDevicesAreRead(names: String, devices: [InferenceDevice]) throws {
        #expect(try InferenceDevice.list(names, on: CoreAffinity(0...3)) == devices)
    }

    @Test(
        arguments: [
            ("cpu:0-1,cpu:1-2", .devicesOverlap(.cores(0...1), .cores(1...2))),
            ("cuda:1,cuda:0,cuda:1", .devicesOverlap(.cuda(1), .cuda(1))),
            ("cuda:1,tensorrt:1", .devicesOverlap(.cuda(1), .tensorrt(1))),
            ("cpu:0,cpu", .devicesOverlap(.cores(0...0), .cpu)), ("cpu,cpu", .devicesOverlap(.cpu, .cpu)),
            ("cuda:0,", .unknownDevice("")), ("", .unknownDevice("")), ("cuda:0, cuda:1", .unknownDevice(" cuda:1")),
            (
                "cuda:0,cpu:3-4",
                .deviceUnavailable(
                    .cores(3...4), reason: "there is no core 4; this process has the cores 0-3")
            ),
        ] as [(String, InferenceError)])
    func whatCannotStandSideBySideIsAnError(names: String, error: InferenceError) {
        #expect(throws: error) { try InferenceDevice.list(names, on: CoreAffinity(0...3)) }
    }

    @Test(arguments: [.cuda(0), .tensorrt(0)] as [InferenceDevice])
    func aLibraryWithoutTheDeviceSaysWhatToInstall(device: InferenceDevice) throws {
        let runtime = try InferenceRuntime.shared()
        guard !runtime.providers.contains(device.provider) else { return }
        let error = try #require(throws: InferenceError.self) {
            try ResidentTensor<Float>([1], on: device)
        }
        #expect("\(error)".contains("scripts/setup gpu") && "\(error)".contains(runtime.version))
    }

    @Test func whatTensorRTCompilesIsKeptBesideTheGraph() {
        let kept = ProviderChoices(device: .tensorrt(1), gpu: 1, chosen: [:], graph: "/tmp/face.onnx")
        #expect(kept.tensorrt?["trt_engine_cache_path"] == "/tmp/tensorrt")
        #expect(kept.tensorrt?["device_id"] == "1" && kept.cuda["device_id"] == "1")
        let chosen = ["trt_engine_cache_enable": "0"]
        let other = ProviderChoices(device: .tensorrt(0), gpu: 0, chosen: chosen, graph: "/tmp/face.onnx")
        #expect(other.tensorrt?["trt_engine_cache_enable"] == "0")
        let nowhere = ProviderChoices(device: .tensorrt(0), gpu: 0, chosen: [:], graph: "/nowhere/face.onnx")
        #expect(nowhere.tensorrt?["trt_engine_cache_enable"] == nil)
        let cuda = ProviderChoices(device: .cuda(0), gpu: 0, chosen: ["use_tf32": "0"], graph: nil)
        #expect(cuda.cuda["use_tf32"] == "0" && cuda.tensorrt == nil)
    }
}
