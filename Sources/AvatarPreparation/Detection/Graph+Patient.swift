import Inference

extension Graph {
    /// Loads a graph whose threads sleep while they wait: frames are decoded and compressed beside it.
    static func patient(_ path: String, device: InferenceDevice, threads: Int?) throws(InferenceError) -> Graph {
        var options = Options(threads: threads)
        options.spins = false
        return try Graph(path, device: device, options: options, runtime: .shared())
    }
}
