import Batching
import LipSync

/// The faces of one utterance, in order: made some time before they are shown, each a job of its own, so that whoever
/// makes them batches them as he likes.
///
/// A face that would come too late is left out, and the one before it stays. Dropping the stream interrupts what is not
/// yet begun.
final class FaceStream {
    /// A face that is being made.
    private struct Coming {
        let slot: FaceSlot
        let isMade: Task<Bool, any Error>
    }

    private static let frameDuration = Duration.seconds(1) / FrameTiming.fps

    private let maker: any FaceMaking
    private let batchSize: Int
    private var utterance: FrameJob.Utterance?
    private var ramp: FaceRamp
    /// Those that follow, first to last. As many as the ramp allows: few enough for an array.
    private var coming: [Coming] = []
    private var unused: [FaceSlot] = []
    private var isFirst = true

    /// The face to show; nil while none was made in time.
    private(set) var shown: FaceSlot?

    /// - Parameter batchSize: the largest that the maker makes.
    init(_ maker: any FaceMaking, batchSize: Int) {
        self.maker = maker
        self.batchSize = batchSize
        ramp = FaceRamp(batchSize: batchSize, isFilm: false)
    }

    deinit {
        guard let utterance else { return }
        Task { [maker] in await maker.end(utterance) }
    }

    /// How many more faces can be asked for now.
    var room: Int { ramp.ahead - coming.count }

    /// Whether a face follows.
    var isEmpty: Bool { coming.isEmpty }

    /// Begins, at the first call.
    /// - Parameter isFilm: nobody watches while it is made.
    func begin(isFilm: Bool) async throws {
        guard utterance == nil else { return }
        utterance = try await maker.begin(isFilm: isFilm)
        ramp = FaceRamp(batchSize: batchSize, isFilm: isFilm)
    }

    /// Asks for a face that follows all others.
    /// - Parameters:
    ///   - slack: how long from now the next face is wanted, the one that ``next()`` waits for; nil for a film's.
    ///   - fill: fills the slot.
    func append(within slack: Duration?, _ fill: (FaceSlot) -> Void) {
        guard let utterance else { return }
        let slot = unused.popLast() ?? FaceSlot()
        fill(slot)
        let slack = slack.map { $0 + Self.frameDuration * coming.count }
        let isFirst = isFirst
        self.isFirst = false
        coming.append(
            Coming(
                slot: slot,
                isMade: Task { [maker] in
                    try await maker.make(slot, in: utterance, isFirst: isFirst, within: slack)
                }))
    }

    /// Waits for the next face, or for the certainty that it is too late for it.
    func next() async throws {
        guard let utterance, let first = coming.first else { return }
        let maker = maker
        let isMade = try await withTaskCancellationHandler {
            try await first.isMade.value
        } onCancel: {
            Task { await maker.end(utterance) }
        }
        coming.removeFirst()
        ramp.goOn()
        guard isMade else {
            unused.append(first.slot)
            return
        }
        if let shown { unused.append(shown) }
        shown = first.slot
    }
}
