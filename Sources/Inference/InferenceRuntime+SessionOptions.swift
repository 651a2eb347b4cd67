import CONNXRuntime
import Glibc

extension InferenceRuntime {
    /// The library's own form of a graph's options.
    /// - Parameter graph: the graph's file; nil for one that is in memory only.
    /// - Throws: ``InferenceError/deviceUnavailable(_:reason:)``.
    func sessionOptions(
        _ options: Graph.Options, for device: InferenceDevice, graph: String? = nil
    ) throws(InferenceError) -> Handle {
        let table = api.pointee
        let made = try make(table.release_session_options, doing: "starting") { table.create_session_options(&$0) }
        let level =
            switch options.optimization {
            case .none: ORT_OPTIMIZE_NOTHING
            case .basic: ORT_OPTIMIZE_BASIC
            case .extended: ORT_OPTIMIZE_EXTENDED
            case .all: ORT_OPTIMIZE_ALL
            }
        try check(table.set_optimization_level(made.pointer, Int32(level)), doing: "starting")
        try check(table.set_log_severity(made.pointer, Int32(ORT_LOG_FATAL)), doing: "starting")
        if let threads = options.threads ?? device.cores?.count {
            try check(table.set_thread_count(made.pointer, Int32(clamping: max(1, threads))), doing: "starting")
        }
        if !options.spins {
            try check(
                table.add_session_entry(made.pointer, "session.intra_op.allow_spinning", "0"), doing: "starting")
        }
        guard let gpu = device.gpu else { return made }
        let chosen = ProviderChoices(device: device, gpu: gpu, chosen: options.provider, graph: graph)
        do {
            try append(chosen, to: made)
        } catch {
            guard case .failed(_, let reason) = error else { throw error }
            throw .deviceUnavailable(device, reason: StatusMessage(reason).withRemedy)
        }
        return made
    }

    /// Adds what runs graphs on a GPU. What that cannot run is run by the processor, which is always there.
    private func append(_ choices: ProviderChoices, to options: Handle) throws(InferenceError) {
        guard providers.contains(choices.device.provider) else {
            throw .deviceUnavailable(
                choices.device,
                reason: "\(path) is ONNX Runtime \(version) for \(providers.joined(separator: ", ")) alone. Type "
                    + "`scripts/setup gpu`, which installs the package onnxruntime-gpu, or set "
                    + "\(LibrarySearch.variable) to a library that has the \(choices.device.provider).")
        }
        GPULibraries.preload(for: choices.device, besides: path)
        let table = api.pointee
        if let values = choices.tensorrt {
            let tensorrt = try make(table.release_tensorrt_options, doing: "starting TensorRT") {
                table.create_tensorrt_options(&$0)
            }
            try check(
                withStrings(values) { table.update_tensorrt_options(tensorrt.pointer, $0, $1, $2) },
                doing: "starting TensorRT")
            try check(table.append_tensorrt(options.pointer, tensorrt.pointer), doing: "starting TensorRT")
        }
        let cuda = try make(table.release_cuda_options, doing: "starting CUDA") { table.create_cuda_options(&$0) }
        try check(
            withStrings(choices.cuda) { table.update_cuda_options(cuda.pointer, $0, $1, $2) }, doing: "starting CUDA")
        try check(table.append_cuda(options.pointer, cuda.pointer), doing: "starting CUDA")
    }

    /// The keys and the values as two lists of C strings.
    private func withStrings<Result>(
        _ values: [String: String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>, Int) -> Result
    ) -> Result {
        let keys = values.keys.map { strdup($0) }
        let contents = values.values.map { strdup($0) }
        defer { for string in keys + contents { free(string) } }
        return body(keys.map { UnsafePointer($0) }, contents.map { UnsafePointer($0) }, values.count)
    }
}
