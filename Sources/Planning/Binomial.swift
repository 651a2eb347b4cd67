import Foundation

/// How many of some trials succeed, each with the same probability and for itself.
struct Binomial: Sendable, Equatable {
    let trials: Int
    let probability: Double

    /// The smallest number that is not exceeded with at least this probability.
    func quantile(_ certainty: Double) -> Int {
        guard probability < 1 else { return trials }
        guard probability > 0 else { return 0 }
        // In logarithms: the probability of none of a million is less than the smallest number that there is.
        let odds = log(probability) - log1p(-probability)
        var logarithm = Double(trials) * log1p(-probability)
        var sum = exp(logarithm)
        var count = 0
        while sum < certainty, count < trials {
            logarithm += log(Double(trials - count)) - log(Double(count + 1)) + odds
            count += 1
            sum += exp(logarithm)
        }
        return count
    }
}
