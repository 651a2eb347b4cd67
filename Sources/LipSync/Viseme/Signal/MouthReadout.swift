import Avatars

import Foundation

/// Reads the mouth off the spectra around a moment: two layers, fitted by `tools/visemes/fit.py` on synthetic
/// speech whose phones are known (a dozen voices, through many rooms and microphones).
///
/// It stands on Yehia, Rubin and Vatikiotis-Bateson, "Quantitative association of vocal-tract and facial behavior"
/// (Speech Communication 26, 1998): a few spectral numbers determine most of what the lips do.
struct MouthReadout {
    /// The hops that it looks at, relative to the moment.
    static let offsets = [-11, -7, -4, -2, -1, 0, 1, 3]
    /// How far it looks ahead, in hops.
    static let reach = 3

    private static let hiddenCount = 32
    private static let partCount = 6

    private var history = [Float](repeating: SpeakerNormalizer.silence, count: historySize * featureCount)
    private var hidden = [Float](repeating: 0, count: hiddenCount)
    private var nextHop = 0

    private static let featureCount = SpeakerNormalizer.featureCount
    /// A power of two larger than the distance between the first and the last offset.
    private static let historySize = 16

    /// Takes the features of the next hop, j.
    /// - Returns: the mouth at hop j - ``reach``.
    mutating func read(_ features: [Float]) -> MouthShape {
        let row = nextHop % Self.historySize * Self.featureCount
        for index in 0..<Self.featureCount { history[row + index] = features[index] }
        let moment = nextHop - Self.reach
        nextHop += 1

        for unit in 0..<Self.hiddenCount { hidden[unit] = MouthReadoutWeights.hiddenBias[unit] }
        var weight = 0
        for offset in Self.offsets {
            let hop = moment + offset + Self.historySize * 2
            let row = hop % Self.historySize * Self.featureCount
            for index in row..<(row + Self.featureCount) {
                let value = history[index]
                for unit in 0..<Self.hiddenCount {
                    hidden[unit] += value * MouthReadoutWeights.hidden[weight + unit]
                }
                weight += Self.hiddenCount
            }
        }
        for unit in 0..<Self.hiddenCount { hidden[unit] = tanh(hidden[unit]) }
        // It tells teeth that show apart, not by what: by lips that part, where it cannot be known.
        let lips = 0.7 * part(4)
        return MouthShape(
            jaw: part(0), width: part(1), rounding: part(2), upperLip: lips, lowerLip: lips, closure: part(3),
            tongue: part(5))
    }

    private func part(_ part: Int) -> Float {
        var sum = MouthReadoutWeights.outputBias[part]
        for unit in 0..<Self.hiddenCount {
            sum += hidden[unit] * MouthReadoutWeights.output[unit * Self.partCount + part]
        }
        return 1 / (1 + exp(-sum))
    }
}
