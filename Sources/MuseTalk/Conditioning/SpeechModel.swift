import Foundation
public import Inference
public import Models

/// The part of a MuseTalk model that listens, loaded for any number of utterances.
public struct SpeechModel: Sendable {
    /// How much of an utterance it hears before it says what a frame is made of.
    public let hearing: SpeechHearing

    private let graphs: Graphs

    private enum Graphs {
        case streaming(step: Graph, silence: Graph)
        case whole(Graph)
    }

    /// Loads the graphs.
    /// - Parameters:
    ///   - device: where segments of 30 s are heard. Streams are heard on the processor, whatever it is: what they remember
    ///     would have to travel with every frame.
    ///   - threads: that share the hearing of a segment; nil for one a core. A stream is heard by one thread: there is
    ///     little to share, and others may be heard at the same time.
    /// - Throws: `ModelError` or `InferenceError`.
    public init(
        _ directory: ModelDirectory, hearing: SpeechHearing, device: InferenceDevice = .cpu, threads: Int? = nil
    ) throws {
        self.hearing = hearing
        switch hearing {
        case .streaming:
            graphs = .streaming(
                step: try Graph(directory.graph(.speechStep).path, threads: 1),
                silence: try Graph(directory.graph(.speechSilence).path, threads: 1))
        case .whole:
            graphs = .whole(try Graph(directory.graph(.speech).path, device: device, threads: threads))
        }
    }

    /// What one utterance needs.
    func makeEncoder() throws(InferenceError) -> any SpeechEncoder {
        switch graphs {
        case .streaming(let step, let silence): try StreamingEncoder(step: step, silence: silence)
        case .whole(let graph): try WholeEncoder(graph)
        }
    }
}
