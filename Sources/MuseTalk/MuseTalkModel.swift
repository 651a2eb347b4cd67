import Foundation
public import Inference
public import Models

/// A model that is loaded on a device, for all avatars that were made for it.
public final class MuseTalkModel: Sendable {
    /// Where a model runs, and how.
    public struct Placement: Sendable, Hashable {
        /// The device.
        public var device: InferenceDevice
        /// Threads on the CPU; nil for one a core.
        public var threads: Int?
        /// The most frames in one run of the face graph.
        public var batchSize: Int
        /// How much of an utterance is heard before its first frame is made.
        public var hearing: SpeechHearing

        /// Puts the parts together.
        public init(
            device: InferenceDevice = .cpu, threads: Int? = nil, batchSize: Int = 4, hearing: SpeechHearing = .streaming
        ) {
            self.device = device
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
    let painter: FacePainter

    /// Loads the graphs that an utterance needs; that takes seconds for a large model.
    /// - Throws: `ModelError` or `InferenceError`.
    @concurrent
    public static func load(_ directory: ModelDirectory, on placement: Placement) async throws -> MuseTalkModel {
        try MuseTalkModel(directory, placement)
    }

    private init(_ directory: ModelDirectory, _ placement: Placement) throws {
        self.directory = directory
        speech = try SpeechModel(
            directory, hearing: placement.hearing, device: placement.device, threads: placement.threads)
        painter = try FacePainter(
            graphAt: try directory.graph(.face).path, device: placement.device, threads: placement.threads,
            batchSize: placement.batchSize)
    }
}
