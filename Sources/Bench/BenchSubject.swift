/// What is measured: an engine on a device.
public protocol BenchSubject: Sendable {
    /// The engine's name.
    var engine: String { get }
    /// The model's name or path; empty where there is none.
    var model: String { get }
    /// The device as the command line takes it.
    var device: String { get }

    /// Gets ready for batches of a size. What it needs for that is given back with the result.
    func prepare(batchSize: Int) async throws -> any BenchWork

    /// Whether memory ran out, rather than anything else going wrong.
    func isOutOfMemory(_ error: any Error) -> Bool
}

/// An engine that is ready for batches of one size.
public protocol BenchWork: Sendable {
    /// Makes the frames of a speech, and of as many others at the same time as it takes to fill all batches.
    /// - Parameter speech: 24 kHz, mono.
    func make(_ speech: [Int16]) async throws -> BenchTimes
}

/// How long it took to make the frames of a speech in batches of one size.
public struct BenchTimes: Sendable, Equatable {
    /// From the speech to the last of its frames.
    public var speech: Duration
    /// From the first batch to the last one.
    public var batches: Duration
    /// Frames in all batches.
    public var frames: Int
    /// Each batch.
    public var batch: [Duration]

    /// Puts the parts together.
    public init(speech: Duration, batches: Duration, frames: Int, batch: [Duration]) {
        self.speech = speech
        self.batches = batches
        self.frames = frames
        self.batch = batch
    }
}
