import LipSync

/// How many faces of an utterance are asked for before they are shown: the first alone, so that it waits for no other;
/// then twice as many each time, up to a window.
struct FaceRamp: Sendable, Equatable {
    /// The most; more than are ever made in a batch, so that one is shown while the next is made.
    let window: Int
    /// How many now, from the one that is shown next on.
    private(set) var ahead = 1

    /// - Parameters:
    ///   - batchSize: the largest.
    ///   - isFilm: nobody watches while it is made. Whoever watches needs no more than a second, and may interrupt.
    init(batchSize: Int, isFilm: Bool) {
        window = isFilm ? 2 * batchSize : min(2 * batchSize, FrameTiming.fps)
    }

    /// A face is shown.
    mutating func goOn() { ahead = min(2 * ahead, window) }
}
