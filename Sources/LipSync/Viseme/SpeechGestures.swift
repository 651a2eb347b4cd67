import Avatars

/// How a head goes along with what it says: it beats on stressed syllables, raises its brows where a phrase begins, looks a
/// little aside while it speaks, and blinks where a phrase ends.
///
/// People do: their heads and brows move with the stress of the voice, and who sees it understands more (Munhall et al.
/// 2004, "Visual prosody and speech intelligibility"). It knows only how loud each frame is, and the next one, so that what
/// it does depends neither on how the speech was cut into pieces nor on the network. It begins and ends as the idle clip
/// has it.
struct SpeechGestures {
    /// Frames from a beat to the next, at least: 400 ms.
    private static let beatInterval = 10
    /// Frames without a voice that are a pause, not a stop: 160 ms.
    private static let pause = 4
    /// Frames of voice after which eyes may blink in a pause: 0.8 s.
    private static let phrase = 20
    /// Frames from a blink to the next: 1.6 s at least, and about 5 s at most.
    private static let blinkInterval = 40...125
    /// Frames before a blink and after it in which the idle clip must not blink.
    static let blinkReach = 25
    /// Frames over which the head goes back at the end.
    private static let settling = 9

    /// dBFS of the loud parts of this voice.
    private var level: Float = -40
    /// Loudness of late, 0…1.
    private var mean: Float = 0
    private var voiced = 0
    private var silent = SpeechGestures.pause
    private var sinceBeat = SpeechGestures.beatInterval
    private var sinceBlink = 15
    /// The frame of the blink that is shown.
    private var blinking: Int?
    private var random: UInt32 = 0x9E37_79B9
    private var beat: Float = 0
    private var nod = Spring()
    private var brow: Float = 0
    private var browShown: Float = 0
    private var aside: (turn: Float, tilt: Float) = (0, 0)
    private var turn = Spring()
    private var tilt = Spring()

    /// The head in the next frame.
    /// - Parameters:
    ///   - loudness: of that frame, in dBFS.
    ///   - next: of the one after it; silence if there is none.
    ///   - framesLeft: frames that follow it; nil as long as that is not known.
    ///   - clipBlinks: whether the idle clip blinks about then, up to ``blinkReach`` before or after.
    mutating func frame(
        loudness: Float, next: Float, framesLeft: Int?, clipBlinks: @autoclosure () -> Bool = false
    ) -> HeadPose {
        level = max(level - 0.15, max(loudness, -45))
        let loud = min(max((max(loudness, next) - level + 20) / 20, 0), 1)
        let isVoiced = loud > 0.25
        let accent = loud - mean
        mean += 0.15 * (loud - mean)
        sinceBeat += 1
        sinceBlink += 1

        if isVoiced {
            if silent >= Self.pause { beginPhrase() }
            voiced += 1
            silent = 0
        } else {
            silent += 1
            if silent == Self.pause { endPhrase(framesLeft, clipBlinks) }
        }
        if isVoiced, accent > 0.16, sinceBeat >= Self.beatInterval {
            beat = 0.45 + 0.55 * next01()
            sinceBeat = 0
            // Now and then the brows go along.
            if next01() < 0.35 { brow = max(brow, 0.5) }
        }
        if sinceBlink > Self.blinkInterval.upperBound { blink(framesLeft, clipBlinks) }

        beat *= 0.78
        brow *= 0.93
        browShown += 0.3 * (brow - browShown)
        let shown = framesLeft.map { min(1, Float($0) / Float(Self.settling)) } ?? 1
        return HeadPose(
            nod: shown * nod.step(to: beat, stiffness: 0.22), turn: shown * turn.step(to: aside.turn, stiffness: 0.012),
            tilt: shown * tilt.step(to: aside.tilt, stiffness: 0.010), brows: shown * browShown, lids: lids())
    }

    private mutating func beginPhrase() {
        voiced = 0
        brow = max(brow, 0.35 + 0.5 * next01())
        aside = (1.1 * next01() - 0.55, 0.9 * next01() - 0.45)
    }

    private mutating func endPhrase(_ framesLeft: Int?, _ clipBlinks: () -> Bool) {
        aside = (aside.turn * 0.4, aside.tilt * 0.4)
        if voiced >= Self.phrase, sinceBlink >= Self.blinkInterval.lowerBound {
            blink(framesLeft, clipBlinks)
        }
    }

    /// Begins to blink, if it can be done before the end, and if the clip does not do so.
    private mutating func blink(_ framesLeft: Int?, _ clipBlinks: () -> Bool) {
        guard blinking == nil, framesLeft ?? .max >= HeadPose.blink.count else { return }
        if !clipBlinks() { blinking = 0 }
        sinceBlink = Int(next01() * 20)
    }

    private mutating func lids() -> Float {
        guard let frame = blinking else { return 0 }
        blinking = frame + 1 < HeadPose.blink.count ? frame + 1 : nil
        return HeadPose.blink[frame]
    }

    /// A number in 0…1 that looks random, the same in every run (xorshift32, Marsaglia 2003).
    private mutating func next01() -> Float {
        random ^= random << 13
        random ^= random >> 17
        random ^= random << 5
        return Float(random >> 8) / Float(1 << 24)
    }
}

/// Something that has weight: it follows where it is drawn to, and comes to rest there without swinging.
private struct Spring {
    private var place: Float = 0
    private var speed: Float = 0

    mutating func step(to target: Float, stiffness: Float) -> Float {
        // Critically damped.
        speed += stiffness * (target - place) - 2 * stiffness.squareRoot() * speed
        place += speed
        return place
    }
}
