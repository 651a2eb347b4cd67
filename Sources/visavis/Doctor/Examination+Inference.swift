import Engines
import Inference

extension Examination {
    /// ONNX Runtime, and the device that filmed avatars are to run on. Drawn ones need neither,
    /// though their lips are right more often with the library: unless the settings insist on the neural engine, Visavis
    /// works without.
    func inference(_ settings: EngineSettings) -> Finding {
        do {
            let runtime = try InferenceRuntime.shared()
            for device in settings.devices { try runtime.prove(device) }
            let devices = settings.devices.map(\.description).joined(separator: ", ")
            return .ok(
                "inference",
                "ONNX Runtime \(runtime.version) runs on \(devices) (for \(runtime.deviceKinds.joined(separator: ", "))"
                    + "; \(runtime.path))")
        } catch {
            let consequence = "filmed avatars cannot speak, and the lips of the others are less exact: \(error.summary)"
            return settings.engine == .musetalk
                ? .missing("inference", consequence, remedy: error.remedy)
                : .warning("inference", consequence, remedy: error.remedy)
        }
    }
}

extension InferenceError {
    /// What is wrong, in one line.
    fileprivate var summary: String {
        if case .libraryNotFound(let places) = self {
            return "ONNX Runtime was not found in any of \(places.count) places"
        }
        return description
    }

    /// What to type.
    fileprivate var remedy: String {
        switch self {
        case .libraryNotFound: "scripts/setup, or set VISAVIS_ONNXRUNTIME to a libonnxruntime.so"
        case .deviceUnavailable: "scripts/setup gpu, or --device cpu"
        default: "scripts/setup"
        }
    }
}
