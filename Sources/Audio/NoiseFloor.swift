/// The power of the background noise in each band, followed while somebody speaks over it.
///
/// Minimum statistics (Martin 2001): between words, and between the harmonics of a voice in time, the power of
/// every band falls back to that of the noise, so the lowest smoothed power of the last 1.2 s is the noise's,
/// but for a known bias. Steady noise of any colour is learnt in that time, louder noise that sets in as well.
/// While nobody speaks the estimate is sharpened by plain averaging, which has no bias and little variance.
struct NoiseFloor: Sendable {
    /// The estimate, per band.
    private(set) var power: [Float]

    /// The lowest estimate: what is quieter than a microphone's own noise is silence, whatever its shape.
    private let least: Float
    private var smoothed: [Float]
    /// Per band, the minimum of each closed sub-window, then of the open one.
    private var minima: [Float]
    private var openWindow = 0
    private var framesInWindow = 0
    private var framesSeen = 0

    private static let windows = 6
    private static let framesPerWindow = 20
    private static let smoothing: Float = 0.8
    /// By how much the minimum of the smoothed power of noise lies below its mean, over 1.2 s (measured on
    /// white noise: 1.6…2.4, the narrow low bands most).
    private static let bias: Float = 1.8
    private static let averaging: Float = 0.06

    /// - Parameters:
    ///   - bands: how many bands there are.
    ///   - presumed: the noise to presume until the first has been heard.
    ///   - least: the lowest estimate.
    init(bands: Int, presumed: Float, least: Float) {
        power = Array(repeating: presumed, count: bands)
        smoothed = Array(repeating: presumed, count: bands)
        minima = Array(repeating: .greatestFiniteMagnitude, count: bands * Self.windows)
        self.least = least
    }

    /// Takes the power of the next 10 ms.
    /// - Parameter isNoise: true if nobody seemed to speak just before.
    mutating func update(with frame: [Float], isNoise: Bool) {
        let bands = power.count
        // Before half a second has been heard its minimum says little: somebody may be in the middle of a vowel.
        let mayRise = framesSeen >= 50
        for band in 0..<bands {
            let value = frame[band]
            smoothed[band] = framesSeen == 0 ? value : Self.smoothing * (smoothed[band] - value) + value
            let slot = openWindow * bands + band
            minima[slot] = min(minima[slot], smoothed[band])

            var lowest = Float.greatestFiniteMagnitude
            for window in 0..<Self.windows { lowest = min(lowest, minima[window * bands + band]) }
            var estimate = power[band]
            if isNoise { estimate += Self.averaging * (value - estimate) }
            if mayRise { estimate = max(estimate, lowest * 1.2) }
            estimate = min(estimate, max(lowest * 3, smoothed[band] * Self.bias))
            power[band] = max(estimate, least)
        }
        framesSeen = min(framesSeen + 1, 1 << 20)
        framesInWindow += 1
        if framesInWindow == Self.framesPerWindow {
            framesInWindow = 0
            openWindow = (openWindow + 1) % Self.windows
            for band in 0..<bands { minima[openWindow * bands + band] = .greatestFiniteMagnitude }
        }
    }
}
