import Testing

@testable import Inference

struct StatusMessageTests {
    @Test(arguments: [
        "std::bad_alloc", "Failed to allocate memory for requested buffer of size 4096",
        "CUDA failure 2: out of memory ; GPU=0 ; hostname=a", "CUBLAS_STATUS_ALLOC_FAILED",
        "Available memory of 12 is smaller than requested bytes of 4096",
    ])
    func memoryThatRanOut(words: String) {
        #expect(StatusMessage(words).meansOutOfMemory)
        #expect(!StatusMessage("Non-zero status code returned while running Gather node").meansOutOfMemory)
    }

    @Test func aMissingGPU() {
        #expect(StatusMessage("CUDA failure 100: no CUDA-capable device is detected ; GPU=0").meansDevice)
        #expect(!StatusMessage("Protobuf parsing failed.").meansDevice)
    }

    @Test(arguments: [
        ("libcuda.so.1", "NVIDIA's driver"), ("libnvinfer.so.10", "pip install tensorrt"),
        ("libcudnn.so.9", "scripts/setup gpu"), ("libnvrtc.so.13", "scripts/setup gpu"),
    ])
    func whatToDoAboutAMissingLibrary(library: String, remedy: String) {
        let message = StatusMessage(
            """
            /src/core/session/provider_bridge_ort.cc:2043 Provider& Get() [ONNXRuntimeError] : 1 : FAIL : Failed to \
            load library /opt/libonnxruntime_providers_cuda.so with error: \(library): cannot open shared object file: \
            No such file or directory

            """)
        #expect(message.text.hasPrefix("Failed to load library /opt/") && message.text.hasSuffix("directory"))
        #expect(message.withRemedy.hasPrefix("\(library) is missing. ") && message.withRemedy.contains(remedy))
        #expect(StatusMessage("It broke").withRemedy == "It broke")
    }
}
