import Batching

/// Makes the faces of utterances. ``FacePool`` does; tests have others.
protocol FaceMaking: Sendable {
    /// Somebody starts to speak, or to make a film.
    /// - Returns: the utterance's number.
    func begin(isFilm: Bool) async throws -> FrameJob.Utterance

    /// Makes a face. Until it answers, the slot is nobody else's.
    /// - Parameters:
    ///   - isFirst: of its utterance.
    ///   - slack: how long from now it is wanted; nil for a film's.
    /// - Returns: false if it would have come too late, and was not made.
    /// - Throws: `CancellationError` if the utterance ends first.
    func make(
        _ slot: FaceSlot, in utterance: FrameJob.Utterance, isFirst: Bool, within slack: Duration?
    ) async throws -> Bool

    /// An utterance wants no more faces.
    func end(_ utterance: FrameJob.Utterance) async
}
