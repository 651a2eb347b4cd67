public import Batching
import Foundation

/// The processor as a device: it paints and compresses the frames of all who speak, by deadline, on so many cores at a
/// time. What a graphics card makes the faces for ends here, too.
public final class FrameStudio: Sendable {
    /// The places of those who speak.
    public let places: SpeakingPlaces
    let batcher: FrameBatcher<FrameFilming>
    private let cores: Int

    /// Puts the parts together.
    /// - Parameters:
    ///   - cores: frames that are made at the same time; nil for one a core.
    ///   - policy: how many frames a core makes in a row before it is asked what is most urgent.
    ///   - admission: how many may speak.
    ///   - observer: who wants to know.
    public init(
        cores: Int? = nil, policy: BatchSizePolicy = .adaptive, admission: Admission = Admission(),
        observer: any BatchObserver = NoBatchObserver()
    ) {
        let places = SpeakingPlaces(admission)
        self.places = places
        let cores = cores ?? ProcessInfo.processInfo.activeProcessorCount
        self.cores = cores
        batcher = FrameBatcher(
            FrameFilming(),
            configuration: .init(
                sizes: BatchSizes(upTo: 16), policy: policy, lanes: .parallel(cores), fps: FrameTiming.fps),
            observer: CapacityObserver(places: places, next: observer))
    }

    /// Finds out how many frames a second it makes, unless that is known: on every core one second of an utterance.
    /// - Throws: ``Video/H264Encoder/Failure``.
    func rehearse(_ utterance: () throws -> UtteranceVideo) async throws {
        guard await batcher.capacity == .infinity else { return }
        try await withThrowingTaskGroup { group in
            for _ in 0..<cores {
                let video = try utterance()
                group.addTask {
                    await video.append([Int16](repeating: 0, count: FrameTiming.fps * FrameTiming.samplesPerFrame))
                    await video.finish()
                    while try await video.nextFrame(within: .seconds(60)) != nil {}
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Makes frames one after the other: each is a closure that tells how long it worked.
struct FrameFilming: BatchRunner {
    @concurrent
    func run(_ batch: [@Sendable () async -> Duration], inLane lane: Int) async -> Duration {
        var took = Duration.zero
        for film in batch { took += await film() }
        return took
    }

    func isOutOfMemory(_ error: any Error) -> Bool { false }
}

/// Tells the places how many there are, and goes on to another observer.
private struct CapacityObserver: BatchObserver {
    let places: SpeakingPlaces
    let next: any BatchObserver

    /// What painting and compressing are of all that the processor does for a frame: the rest hears, receives and sends.
    /// On two cores painting and compressing took 1.65 ms while they were full (so that 41 were thought to fit), and 24
    /// speaking sessions 2.26 ms a frame in all.
    private static let share = 0.7

    func finished(size: Int, took: Duration, limit: Int, capacity: Double) {
        places.setCapacity(capacity * Self.share)
        next.finished(size: size, took: took, limit: limit, capacity: capacity)
    }

    func waited(_ time: Duration) { next.waited(time) }
    func dropped(_ count: Int) { next.dropped(count) }
}
