/// Why speech cannot be recognised or made on this machine.
public enum LocalSpeechError: Error, Equatable, CustomStringConvertible {
    /// The process that works with a model does not start.
    case notStarted(program: String, reason: String)
    /// It ended, or was ended because it did nothing any more.
    /// - Parameter reason: the last that it said.
    case ended(model: String, reason: String)
    /// It says that it cannot do what it is asked.
    case refused(model: String, reason: String)

    /// What was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .notStarted(let program, let reason): "\(program) cannot be started for local speech: \(reason)."
        case .ended(let model, let reason):
            "sherpa-onnx gave up on the model \(model): \(reason). Expected is a model as "
                + "https://k2-fsa.github.io/sherpa/onnx publishes it; fetch it again, or choose another one."
        case .refused(_, let reason): reason
        }
    }
}
