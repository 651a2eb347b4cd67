import Avatars

/// Makes what lips can do of what the sound says: blends the moments of a frame, rests in silence, and moves no
/// faster than a face.
struct MouthMotion {
    /// Moments of 10 ms that a frame lasts.
    static let momentsPerFrame = 4

    /// What a frame's moments weigh in it, the first first; they sum to 1. The later ones weigh more, because lips
    /// are expected to be early rather than late.
    private static let weights: [Float] = [0.1, 0.25, 0.35, 0.3]
    private var moments = [MouthShape](repeating: .rest, count: momentsPerFrame)
    /// Whether somebody speaks, 0…1. A stop is silent for up to 120 ms, in which the lips stay where they are; so
    /// this fades, but sooner for what is open.
    private var presence = (open: Float(0), closed: Float(0))
    private var observed = 0
    private var shape = MouthShape.rest

    /// Takes what the next moment of sound says.
    /// - Parameters:
    ///   - loudness: decibels relative to the speaker's loudest.
    ///   - signalToNoise: decibels relative to the noise of the room.
    mutating func observe(_ moment: MouthShape, loudness: Float, signalToNoise: Float) {
        let isHeard = min(smoothStep(from: -34, to: -26, at: loudness), smoothStep(from: 3, to: 9, at: signalToNoise))
        presence = (max(isHeard, presence.open - 0.15), max(isHeard, presence.closed - 0.08))
        // A readout that was fitted hedges: between the extremes it stays nearer to the middle than a mouth does.
        moments[observed % Self.momentsPerFrame] = MouthShape(
            jaw: stretched(moment.jaw, by: 1.25) * presence.open,
            width: stretched(moment.width, by: 1.3) * presence.open,
            rounding: stretched(moment.rounding, by: 1.7) * presence.open,
            upperLip: stretched(moment.upperLip, by: 1.15) * presence.open,
            lowerLip: stretched(moment.lowerLip, by: 1.15) * presence.open,
            closure: smoothStep(from: 0.18, to: 0.68, at: moment.closure) * presence.closed,
            tongue: stretched(moment.tongue, by: 1.3) * presence.open)
        observed += 1
    }

    /// The frame to which the last ``momentsPerFrame`` moments belong.
    mutating func nextFrame() -> MouthShape {
        var wanted = MouthShape.rest
        var tightest: Float = 0
        for (moment, weight) in zip(moments, Self.weights) {
            wanted.parts += moment.parts * weight
            tightest = max(tightest, moment.closure)
        }
        // Lips meet for as little as 30 ms, between two frames maybe; yet everybody sees it when they do not.
        wanted.closure = 0.4 * wanted.closure + 0.6 * tightest
        shape.approach(wanted)
        return shape
    }
}

/// A number of 0…1 with its distance from 0 enlarged; what hardly differs from 0 becomes 0.
private func stretched(_ value: Float, by factor: Float) -> Float {
    min(max((value - 0.04) * factor, 0), 1)
}

func smoothStep(from low: Float, to high: Float, at value: Float) -> Float {
    let x = min(max((value - low) / (high - low), 0), 1)
    return x * x * (3 - 2 * x)
}

extension MouthShape {
    /// How much of its way to where it should be a part goes in a frame, and how far at most: the jaw is heavier than the
    /// lips' edges, and the corners are slowest.
    private static let shares: SIMD8<Float> = [0.85, 0.7, 0.7, 0.8, 0.8, 0.95, 0.8, 0.8]
    private static let limits: SIMD8<Float> = [0.5, 0.4, 0.4, 0.6, 0.6, 0.8, 0.6, 0.5]

    /// One frame on the way to `other`.
    fileprivate mutating func approach(_ other: MouthShape) {
        let move = (other.parts - parts) * Self.shares
        parts += move.clamped(lowerBound: -Self.limits, upperBound: Self.limits)
    }
}
