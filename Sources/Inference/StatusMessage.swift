import Foundation

/// The words of a status. ONNX Runtime has no code for memory that ran out, nor for a missing GPU: its words tell.
struct StatusMessage {
    /// The words, without the place in the library's source that some begin with.
    let text: String

    init(_ text: String) {
        // …/provider_bridge_ort.cc:2043 … [ONNXRuntimeError] : 1 : FAIL : Failed to load …
        let mark = text.range(of: #"\[ONNXRuntimeError\] : \d+ : \w+ : "#, options: .regularExpression)
        let words = mark.map { text[$0.upperBound...] } ?? text[...]
        self.text = words.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Whether memory ran out, the machine's or a device's.
    var meansOutOfMemory: Bool { Self.memorySigns.contains { text.contains($0) } }

    /// Whether a GPU, or what drives it, is to blame, not the graph.
    var meansDevice: Bool { Self.deviceSigns.contains { text.contains($0) } }

    /// The words, and what to do if a library is missing.
    var withRemedy: String {
        guard let name = text.firstMatch(of: /(lib\S+): cannot open shared object file/)?.1 else { return text }
        let remedy =
            if name.hasPrefix("libcuda.") {
                "It belongs to NVIDIA's driver: install that, or use another device."
            } else if name.hasPrefix("libnv") && !name.hasPrefix("libnvrtc") && !name.hasPrefix("libnvJit") {
                "It belongs to TensorRT: type `.venv/bin/pip install tensorrt-cu13`, or use cuda:0."
            } else {
                "Type `scripts/setup gpu`, which installs the libraries of CUDA and cuDNN, too."
            }
        return "\(name) is missing. \(remedy)"
    }

    /// What C++, the library's arenas, the system, CUDA, cuBLAS, cuDNN and TensorRT say.
    private static let memorySigns = [
        "bad_alloc", "bad allocation", "Failed to allocate memory", "failed to allocate memory", "Available memory of",
        "out of memory", "Out of memory", "OutOfMemory", "Cannot allocate memory", "cudaErrorMemoryAllocation",
        "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED", "CUFFT_ALLOC_FAILED",
    ]

    private static let deviceSigns = ["CUDA failure", "CUDNN failure", "CUBLAS failure", "CUDA error"]
}
