/// How many frames are made in one run of the face graph.
///
/// Sizes are powers of two, and the limit itself: a GPU's libraries look for the best way to run each size they meet,
/// which takes them seconds, so that there are few, and each is met when the model is loaded.
struct BatchSizes: Sendable, Equatable {
    /// All sizes, increasing, from 1.
    let all: [Int]

    /// The sizes up to a limit of 1 or more.
    init(upTo limit: Int) {
        let powers = sequence(first: 1) { 2 * $0 }.prefix { $0 < limit }
        all = powers + [max(1, limit)]
    }

    /// The largest.
    var largest: Int { all[all.count - 1] }

    /// The largest that is at most `count`, which is 1 or more.
    func largest(upTo count: Int) -> Int { all.last { $0 <= count } ?? 1 }
}

/// The batches of one utterance: they begin with a single frame, so that the first picture does not wait for others,
/// and grow while there is speech for more.
struct BatchRamp: Sendable {
    private let sizes: BatchSizes
    private var allowed = 1

    init(_ sizes: BatchSizes) { self.sizes = sizes }

    /// Frames that the next batch may have.
    var limit: Int { sizes.largest(upTo: allowed) }

    /// The size of the next batch.
    /// - Parameter ready: frames that could be made now, 1 or more.
    mutating func next(ready: Int) -> Int {
        let size = sizes.largest(upTo: min(ready, allowed))
        allowed = min(2 * allowed, sizes.largest)
        return size
    }
}
