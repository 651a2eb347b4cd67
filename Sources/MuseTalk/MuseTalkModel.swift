public import Batching
import Foundation
public import Inference
import LipSync
public import Models

/// A model that is loaded on one or more devices, for all avatars that were made for it.
public final class MuseTalkModel: Sendable {
    /// Where a model runs, and how.
    public struct Placement: Sendable, Equatable {
        /// The devices that make faces, one at least. Speech that is heard as a whole is heard by the first.
        public var devices: [InferenceDevice]
        /// Threads on each device of the CPU; nil for one a core.
        public var threads: Int?
        /// The most frames in one run of the face graph.
        public var batchSize: Int
        /// How many there are in fact, and how long measuring them may take.
        public var batching = BatchingSettings()
        /// How many may speak.
        public var admission = Admission()
        /// How much of an utterance is heard before its first frame is made.
        public var hearing: SpeechHearing

        /// Puts the parts together; the others are as they are documented.
        public init(
            devices: [InferenceDevice] = [.cpu], threads: Int? = nil, batchSize: Int = 4,
            hearing: SpeechHearing = .streaming
        ) {
            self.devices = devices
            self.threads = threads
            self.batchSize = batchSize
            self.hearing = hearing
        }
    }

    /// The model on disk.
    public let directory: ModelDirectory
    /// Hears.
    let speech: SpeechModel
    /// Makes the faces.
    let faces: FacePool<FaceRunner>

    /// The places of those who speak.
    public var places: SpeakingPlaces { faces.places }
    /// The most frames that any of the devices makes in one run.
    var largestBatch: Int { faces.devices.map(\.largestBatch).max() ?? 1 }

    /// Loads the graphs that an utterance needs, and measures the devices; that takes seconds, with a large model minutes.
    /// - Parameters:
    ///   - observer: who wants to know what a device does.
    ///   - report: is told what becomes of the devices, now and later.
    /// - Throws: `ModelError`, `InferenceError`, or `BatchingError` if the settings of batches contradict each other.
    @concurrent
    public static func load(
        _ directory: ModelDirectory, on placement: Placement,
        observer: @Sendable (InferenceDevice) -> any BatchObserver = { _ in NoBatchObserver() },
        report: @escaping @Sendable (FaceDeviceReport) -> Void = { _ in }
    ) async throws -> MuseTalkModel {
        let speech = try SpeechModel(
            directory, hearing: placement.hearing, device: placement.devices.first ?? .cpu, threads: placement.threads)
        let graph = try directory.graph(.face).path
        let policy = try placement.batching.sizePolicy()
        let devices = try await withThrowingTaskGroup { group in
            for (index, name) in placement.devices.enumerated() {
                let observer = observer(name)
                group.addTask {
                    let runner = try FaceRunner(
                        graphAt: graph, device: name, threads: placement.threads,
                        sizes: BatchSizes(upTo: placement.batchSize))
                    let configuration = BatchScheduler.Configuration(
                        sizes: runner.sizes, policy: policy, memory: placement.batching.memory, fps: FrameTiming.fps)
                    let device = try await FacePool.Device(
                        name, measuring: runner, within: .seconds(placement.batching.warmUpSeconds), configuration,
                        observer: observer, report: report)
                    return (index, device)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let faces = await FacePool(
            devices, model: graph, places: SpeakingPlaces(placement.admission), report: report)
        return MuseTalkModel(directory, speech, faces)
    }

    private init(_ directory: ModelDirectory, _ speech: SpeechModel, _ faces: FacePool<FaceRunner>) {
        self.directory = directory
        self.speech = speech
        self.faces = faces
    }

    /// Takes note of the share of a device's memory that is in use, 0…1.
    public func read(memoryShare: Double, of device: InferenceDevice) async {
        for found in faces.devices where found.name == device { await found.batcher.read(memoryShare: memoryShare) }
    }
}
