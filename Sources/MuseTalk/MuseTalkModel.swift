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
        /// Who decides how many.
        public var policy = BatchSizePolicy.adaptive
        /// When a device's memory is short.
        public var memory = MemoryGuard.Thresholds()
        /// How many may speak.
        public var admission = Admission()
        /// How long it may take to measure a device's batch sizes; nil for 10 s on the CPU, 60 s on a GPU.
        public var warmUp: Duration?
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

        func warmUp(of device: InferenceDevice) -> WarmUp {
            WarmUp(budget: warmUp ?? .seconds(device.gpu == nil ? 10 : 60))
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
    /// - Throws: `ModelError` or `InferenceError`.
    @concurrent
    public static func load(
        _ directory: ModelDirectory, on placement: Placement,
        observer: @Sendable (InferenceDevice) -> any BatchObserver = { _ in NoBatchObserver() },
        report: @escaping @Sendable (FaceDeviceReport) -> Void = { _ in }
    ) async throws -> MuseTalkModel {
        let speech = try SpeechModel(
            directory, hearing: placement.hearing, device: placement.devices.first ?? .cpu, threads: placement.threads)
        let graph = try directory.graph(.face).path
        let devices = try await withThrowingTaskGroup { group in
            for (index, name) in placement.devices.enumerated() {
                let observer = observer(name)
                group.addTask {
                    let runner = try FaceRunner(
                        graphAt: graph, device: name, threads: placement.threads,
                        sizes: BatchSizes(upTo: placement.batchSize))
                    let device = try await FacePool.Device(
                        name, measuring: runner, sizes: runner.sizes, placement, observer: observer, report: report)
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
