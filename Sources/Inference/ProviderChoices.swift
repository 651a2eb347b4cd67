import Glibc

/// What the providers of a GPU are told.
struct ProviderChoices {
    let device: InferenceDevice
    /// For CUDA, which also runs what TensorRT cannot.
    let cuda: [String: String]
    /// For TensorRT, where that is asked for.
    let tensorrt: [String: String]?

    /// - Parameters:
    ///   - chosen: what replaces or adds to what is told by default.
    ///   - graph: the graph's file; TensorRT keeps what it compiles in a folder beside it.
    init(device: InferenceDevice, gpu: Int, chosen: [String: String], graph: String?) {
        self.device = device
        // The arena grows by what is asked for, not by doubling: several graphs share a GPU.
        let cuda = ["device_id": "\(gpu)", "arena_extend_strategy": "kSameAsRequested"]
        guard case .tensorrt = device else {
            self.cuda = cuda.merging(chosen) { $1 }
            tensorrt = nil
            return
        }
        self.cuda = cuda
        var values = ["device_id": "\(gpu)", "trt_timing_cache_enable": "1"]
        if let folder = graph.map(Self.folder), access(folder, W_OK) == 0 {
            values["trt_engine_cache_enable"] = "1"
            values["trt_engine_cache_path"] = "\(folder)/tensorrt"
            values["trt_timing_cache_path"] = "\(folder)/tensorrt"
        }
        tensorrt = values.merging(chosen) { $1 }
    }

    private static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    }
}
