internal import Audio

/// Listens for turns in sound: what hears speech and what decides where turns are, together.
struct TurnListener: ~Copyable {
    private var voice: any SpeechDetector & ~Copyable
    private var detector: TurnDetector
    /// Where the next frame begins.
    private var position: Int

    /// - Parameters:
    ///   - voice: what hears speech.
    ///   - position: the position in the session of the first sample that it will hear.
    init(
        _ settings: TurnDetectionSettings, hearing voice: consuming any SpeechDetector & ~Copyable, at position: Int
    ) {
        self.voice = voice
        detector = TurnDetector(settings)
        self.position = position
    }

    /// Takes the next piece of sound, of any length.
    mutating func listen(to samples: [Int16]) -> [TurnDetector.Action] {
        var actions: [TurnDetector.Action] = []
        // Copies, because the closure must not touch `self` while `voice` is being changed.
        var detector = detector
        var position = position
        voice.process(samples) { probability in
            position += TurnDetector.frameLength
            if let action = detector.process(probability, endingAt: position) { actions.append(action) }
        }
        self.detector = detector
        self.position = position
        return actions
    }

    /// Ends a turn from outside: its sound was committed or cleared.
    mutating func endTurn() {
        detector.reset()
    }

    /// Goes on with other settings; a turn that has begun goes on.
    mutating func change(_ settings: TurnDetectionSettings) {
        detector.settings = settings
    }
}
