internal import SherpaONNX

/// What a worker process is for: hearing or speaking with one model. It travels as JSON on the command line.
public enum SpeechJob: Sendable, Equatable, Codable {
    /// Recognise what was said.
    /// - Parameters:
    ///   - model: the model's folder.
    ///   - language: what is spoken; empty if the model is to find out.
    case recognition(model: String, language: String, threads: Int)
    /// Speak, with the model in this folder.
    case synthesis(model: String, threads: Int)

    /// The model's folder.
    public var model: String {
        switch self {
        case .recognition(let model, _, _), .synthesis(let model, _): model
        }
    }
}

/// What a worker says when its model is loaded.
struct WorkerGreeting: Codable {
    /// How many speakers there are; 0 for recognition.
    var speakers: Int
}

/// What is to be said.
struct SpeechOrder: Codable {
    var script: Synthesizer.Script
    var speaker: Int
    var speed: Float
}
