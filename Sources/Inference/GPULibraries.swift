import Foundation
import Glibc

/// NVIDIA's libraries as Python packages (`nvidia-cudnn-cu13` and its like), which lie beside ONNX Runtime's package
/// where the system's loader does not look.
enum GPULibraries {
    /// Opens those that lie beside the library, so that its providers find them; no matter where there are none.
    static func preload(for device: InferenceDevice, besides library: String) {
        // GPUs have the numbers that `nvidia-smi` shows and memory is watched by; CUDA would put the fastest first.
        setenv("CUDA_DEVICE_ORDER", "PCI_BUS_ID", 0)
        var left = files(for: device, besides: library)
        // One needs another; without knowing which, those that could not be opened are tried again after the others.
        while !left.isEmpty {
            let failed = left.filter { dlopen($0, RTLD_NOW | RTLD_LOCAL) == nil }
            if failed.count == left.count { return }
            left = failed
        }
    }

    /// The libraries in `site-packages/nvidia/*/lib`, and TensorRT's in `site-packages/tensorrt_libs`, for a library in
    /// `site-packages/onnxruntime/capi`.
    static func files(for device: InferenceDevice, besides library: String) -> [String] {
        guard let end = library.range(of: "/onnxruntime/capi/", options: .backwards)?.lowerBound else { return [] }
        let packages = library[..<end]
        let cuda = names(in: "\(packages)/nvidia").flatMap { part in
            files(in: "\(packages)/nvidia/\(part)/lib", startingWith: cudaNames)
        }
        guard case .tensorrt = device else { return cuda }
        return cuda + files(in: "\(packages)/tensorrt_libs", startingWith: tensorRTNames)
    }

    private static func files(in folder: String, startingWith starts: [String]) -> [String] {
        names(in: folder).filter { name in starts.contains { name.hasPrefix("\($0).so.") } }.map { "\(folder)/\($0)" }
    }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private static let cudaNames = [
        "libcudart", "libnvJitLink", "libcublasLt", "libcublas", "libcufft", "libcurand", "libnvrtc", "libcudnn",
    ]
    private static let tensorRTNames = ["libnvinfer", "libnvinfer_plugin", "libnvonnxparser"]
}
