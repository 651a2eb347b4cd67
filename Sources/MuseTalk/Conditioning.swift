/// Hears one utterance, and says of each of its video frames what the face graph has to know.
///
/// It belongs to its utterance, so it need not be `Sendable`; speech may arrive while ``prepare(_:)`` is busy.
///
/// ``SpeechConditioner`` does; tests have others.
protocol Conditioning: AnyObject {
    /// Takes the next piece of speech, 24 kHz mono, of any length.
    func append(_ speech: [Int16])

    /// Says that no more speech follows.
    func finish()

    /// Hears on until a number of frames can be taken, or as far as there is speech.
    /// - Returns: frames that can be taken now; frames beyond the end of the speech may be among them.
    func prepare(_ frames: Int) async throws -> Int

    /// Takes the next frame.
    /// - Parameter buffer: gets its ``SpeechConditioner/count`` numbers, before the positional encoding.
    /// - Precondition: ``prepare(_:)`` has said that there is one.
    func take(into buffer: UnsafeMutableBufferPointer<Float>)
}

extension SpeechConditioner: Conditioning {}
