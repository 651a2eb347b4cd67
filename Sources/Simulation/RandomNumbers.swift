import Foundation

/// Chance that is the same in every run: SplitMix64 (Steele, Lea and Flood 2014), and the distributions that are drawn
/// from it.
struct RandomNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func uniform(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }

    mutating func exponential(mean: Double) -> Double { -mean * log(1 - Double.random(in: 0..<1, using: &self)) }

    /// Standard normal, by Box and Muller (1958), at most three deviations from zero.
    mutating func normal() -> Double {
        let radius = sqrt(-2 * log(1 - Double.random(in: 0..<1, using: &self)))
        return max(-3, min(3, radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))))
    }
}
