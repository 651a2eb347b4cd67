/// The batch sizes that a device runs.
///
/// They are powers of two, and the limit itself: a GPU's libraries look for the best way to run each size they meet,
/// which takes them seconds, so that there are few, and each is met before anybody waits for it.
public struct BatchSizes: Sendable, Equatable {
    /// All sizes, increasing, from 1.
    public let all: [Int]

    /// The sizes up to a limit of 1 or more.
    public init(upTo limit: Int) {
        let powers = sequence(first: 1) { 2 * $0 }.prefix { $0 < limit }
        all = powers + [max(1, limit)]
    }

    /// The largest.
    public var largest: Int { all[all.count - 1] }

    /// The largest that is at most `count`; 1 if there is none.
    public func largest(upTo count: Int) -> Int { all.last { $0 <= count } ?? 1 }

    /// The smallest that is at least `count`; the largest if there is none.
    public func smallest(from count: Int) -> Int { all.first { $0 >= count } ?? largest }
}
