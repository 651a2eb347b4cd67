public import Chat

/// Understands speech with a model on this machine.
public struct LocalRecognizer: SpeechRecognizer {
    private let model: LocalModel

    /// - Parameter model: a recogniser.
    public init(_ model: LocalModel) { self.model = model }

    /// The words of a turn, all at once; none if nothing was said.
    public func words(in speech: [Int16]) -> AsyncThrowingStream<String, any Error> {
        .produced { continuation in
            try Task.checkCancellation()
            let words = try await model.recognize(speech)
            if !words.isEmpty { continuation.yield(words) }
        }
    }
}
