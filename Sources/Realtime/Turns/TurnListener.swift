internal import Audio

/// Listens for turns in sound: what hears speech, what knows the avatar's own voice when it comes back from the
/// loudspeaker, and what decides where turns are, together.
struct TurnListener: ~Copyable {
    private var voice: any SpeechDetector & ~Copyable
    private var detector: TurnDetector
    /// Where the first frame began.
    private let origin: Int
    /// Where the next frame begins.
    private var position: Int

    /// Nil only while a closure has it.
    private var echo: EchoDetector? = EchoDetector()
    private var playedContour = SpeechContour()
    /// The number of the next frame that is played, and when what has been played so far ends.
    private var played: (nextFrame: Int, end: Duration)?
    private var heardContour = SpeechContour()
    /// Frames that are heard, counted.
    private var heardFrames = 0
    /// The number of 10 ms since the origin of the clock, less `heardFrames`, of what came with the least delay.
    private var clockOffset: Int?
    /// Sound that comes so much later than before was not sent meanwhile, in frames.
    private static let pause = 20
    /// The most samples that are listened to at a time: the echo detector remembers no more.
    private static let pieceLength = SpeechFormat.sampleRate / 10

    /// - Parameters:
    ///   - voice: what hears speech.
    ///   - position: the position in the session of the first sample that it will hear.
    init(
        _ settings: TurnDetectionSettings, hearing voice: consuming any SpeechDetector & ~Copyable, at position: Int
    ) {
        self.voice = voice
        detector = TurnDetector(settings)
        self.position = position
        origin = position
    }

    /// Takes note of sound that the client plays.
    /// - Parameter instant: when it is heard at the earliest, by the session's clock.
    mutating func plays(_ samples: ArraySlice<Int16>, at instant: Duration) {
        // Where sound goes on, its frames are counted: pieces have any length, and rounding the time of each would leave
        // out one frame here and say another twice there.
        var frame = Self.frame(at: instant)
        if let played, (played.end - instant).microseconds.magnitude < 10_000 { frame = played.nextFrame }
        var echo = echo.take()
        playedContour.process(samples) { contour in
            echo?.plays(contour, at: frame)
            frame += 1
        }
        self.echo = echo
        played = (frame, instant + .microseconds(SpeechFormat.microseconds(ofSample: samples.count)))
    }

    /// Takes the next piece of sound, of any length, which came at `instant`.
    /// - Parameter interrupts: true if speech interrupts the avatar now.
    mutating func listen(to samples: [Int16], at instant: Duration, interrupts: Bool) -> [TurnDetector.Action] {
        var actions: [TurnDetector.Action] = []
        let offset = Self.frame(at: instant) - heardFrames - samples.count / SpeechContour.hop
        if let known = clockOffset, (known...known + Self.pause).contains(offset) {} else { clockOffset = offset }
        for start in stride(from: 0, to: samples.count, by: Self.pieceLength) {
            let piece = samples[start..<min(start + Self.pieceLength, samples.count)]
            hearContour(of: piece)
            listen(to: piece.count == samples.count ? samples : Array(piece), interrupts, &actions)
        }
        return actions
    }

    private mutating func hearContour(of samples: ArraySlice<Int16>) {
        // Copies and loans here and below: a closure must not touch `self` while a part of it is being changed.
        var frames = heardFrames
        var echo = echo.take()
        heardContour.process(samples) { contour in
            echo?.hears(contour, at: frames)
            frames += 1
        }
        self.echo = echo
        heardFrames = frames
    }

    private mutating func listen(to samples: [Int16], _ interrupts: Bool, _ actions: inout [TurnDetector.Action]) {
        var detector = detector
        var position = position
        var echo = echo.take()
        let (origin, offset) = (origin, clockOffset ?? 0)
        voice.process(samples) { probability in
            let frame = (position - origin) / TurnDetector.frameLength
            position += TurnDetector.frameLength
            let isSpeech = probability > 0.1 && echo?.isEcho(at: frame, offset: offset) != true
            let action = detector.process(isSpeech ? probability : 0, endingAt: position, interrupts: interrupts)
            if let action { actions.append(action) }
        }
        self.echo = echo
        self.detector = detector
        self.position = position
    }

    private static func frame(at instant: Duration) -> Int { instant.microseconds / 10_000 }

    /// Ends a turn from outside: its sound was committed or cleared.
    mutating func endTurn() {
        detector.reset()
    }

    /// Goes on with other settings; a turn that has begun goes on.
    mutating func change(_ settings: TurnDetectionSettings) {
        detector.settings = settings
    }
}
