public import Audio
import Foundation
import Inference
public import Logging

/// Silero's trained voice detector, `silero_vad.onnx`: one graph for all sessions, each with a state of its own.
///
/// Version 5 and later: windows of 32 ms at 16 kHz, each with the 4 ms before it.
/// Source: https://github.com/snakers4/silero-vad.
public struct SileroModel: Sendable {
    /// The file.
    public let path: String

    private let graph: Graph

    /// Loads the model, and hears silence with it, so that what it cannot do shows here.
    /// - Throws: ``SileroError``.
    public init(_ path: String) throws(SileroError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        self.path = path
        // A window is a hundredth of a millisecond of work for several threads to share.
        var options = Graph.Options(threads: 1)
        options.spins = false
        do throws(InferenceError) {
            graph = try Graph(path, device: .cpu, options: options, runtime: .shared())
            let probability = try SileroStream(graph).probability()
            guard (0...1).contains(probability) else {
                throw .failed(doing: "hearing silence", reason: "the probability of speech is \(probability)")
            }
        } catch {
            switch error {
            case .libraryNotFound, .libraryUnusable, .libraryTooOld: throw .noRuntime(path: path, reason: "\(error)")
            default: throw .unusable(path: path, reason: "\(error)")
            }
        }
    }

    /// A detector for one session. Where the network fails, the built-in one takes over.
    /// - Parameter logger: what is told of that.
    public func detector(logger: Logger) -> any SpeechDetector & ~Copyable {
        do {
            return SileroDetector(
                try SileroStream(graph), try Resampler(from: SpeechFormat.sampleRate, to: SileroStream.sampleRate),
                logger: logger)
        } catch {
            SileroDetector.warn(of: error, logger)
            return VoiceActivityDetector()
        }
    }
}
