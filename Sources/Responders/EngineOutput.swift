/// Where the C callback of a library puts its speech. It lives on the engine's thread, for one text.
final class EngineOutput {
    private let gain: Float
    private let take: ([Int16]) -> Bool
    private var shaper: SpeechShaper?
    private var isWanted = true
    private var failure: String?

    init(gain: Float, take: @escaping ([Int16]) -> Bool) {
        self.gain = gain
        self.take = take
    }

    /// Takes the library's next speech; answers false if it is to stop.
    func put(_ speech: UnsafeBufferPointer<Int16>, sampleRate: Int) -> Bool {
        guard isWanted, !Task.isCancelled else {
            isWanted = false
            return false
        }
        do {
            if shaper == nil { shaper = try SpeechShaper(sampleRate: sampleRate, gain: gain) }
            hand(try shaper?.shape(Array(speech)) ?? [])
        } catch {
            failure = String(describing: error)
            isWanted = false
        }
        return isWanted
    }

    /// Lets out what is held back.
    /// - Returns: why the speech could not be used, nil if it could.
    func finish() -> String? {
        guard isWanted, failure == nil else { return failure }
        do {
            hand(try shaper?.finish() ?? [])
        } catch {
            failure = String(describing: error)
        }
        return failure
    }

    private func hand(_ speech: [Int16]) {
        if !speech.isEmpty { isWanted = take(speech) }
    }
}
