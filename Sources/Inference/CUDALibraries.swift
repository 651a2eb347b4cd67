import Foundation
import Glibc

/// NVIDIA's libraries as Python packages (`nvidia-cudnn-cu12` and its like), which lie beside ONNX Runtime's package
/// where the system's loader does not look.
enum CUDALibraries {
    /// Opens those that lie beside the library, so that its CUDA provider finds them; no matter where there are none.
    static func preload(besides library: String) {
        var left = files(besides: library)
        // One needs another; without knowing which, those that could not be opened are tried again after the others.
        while true {
            let failed = left.filter { dlopen($0, RTLD_NOW | RTLD_GLOBAL) == nil }
            if failed.isEmpty || failed.count == left.count { return }
            left = failed
        }
    }

    /// The libraries in `site-packages/nvidia/*/lib`, for a library in `site-packages/onnxruntime/capi`.
    static func files(besides library: String) -> [String] {
        let packages = URL(filePath: library).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "nvidia").path
        let parts = ((try? FileManager.default.contentsOfDirectory(atPath: packages)) ?? []).sorted()
        return parts.flatMap { part in
            let folder = "\(packages)/\(part)/lib"
            let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
            return names.filter { name in needed.contains { name.hasPrefix("\($0).so.") } }.map { "\(folder)/\($0)" }
        }
    }

    private static let needed = [
        "libcudart", "libnvJitLink", "libcublasLt", "libcublas", "libcufft", "libcurand", "libnvrtc", "libcudnn",
    ]
}
