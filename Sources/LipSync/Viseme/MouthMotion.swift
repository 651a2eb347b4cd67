/// Makes what lips can do of what the sound says: blends the moments of a frame, rests in silence, and moves no
/// faster than a face.
struct MouthMotion {
    /// Moments of 10 ms that a frame lasts.
    static let momentsPerFrame = 4

    private var moments = [MouthShape](repeating: .rest, count: momentsPerFrame)
    private var nextMoment = 0
    private var shape = MouthShape.rest

    /// Takes what the next moment of sound says.
    /// - Parameter loudness: decibels relative to the speaker's loudest.
    mutating func observe(_ moment: MouthShape, loudness: Float) {
        let presence = smoothStep(from: -34, to: -26, at: loudness)
        moments[nextMoment % Self.momentsPerFrame] = MouthShape(
            jaw: moment.jaw * presence, width: moment.width * presence, rounding: moment.rounding * presence,
            closure: moment.closure, teeth: moment.teeth * presence, tongue: moment.tongue * presence)
        nextMoment += 1
    }

    /// The next frame, which the moments observed last surround.
    mutating func nextFrame() -> MouthShape {
        var wanted = MouthShape.rest
        for (age, weight) in [(3, Float(0.15)), (2, 0.3), (1, 0.3), (0, 0.25)] {
            wanted.add(moments[(nextMoment + 3 - age) % Self.momentsPerFrame], weight: weight)
        }
        shape = wanted
        return shape
    }
}

private func smoothStep(from low: Float, to high: Float, at value: Float) -> Float {
    let x = min(max((value - low) / (high - low), 0), 1)
    return x * x * (3 - 2 * x)
}

extension MouthShape {
    /// Moves it towards rest: 1 leaves it, 0 is rest.
    mutating func relax(by factor: Float) {
        let all = self
        self = .rest
        add(all, weight: factor)
    }

    fileprivate mutating func add(_ other: MouthShape, weight: Float) {
        jaw += other.jaw * weight
        width += other.width * weight
        rounding += other.rounding * weight
        closure += other.closure * weight
        teeth += other.teeth * weight
        tongue += other.tongue * weight
    }
}
