import Foundation

/// What somebody measured and published: how long, or how much memory, MuseTalk took on a GPU.
public struct PublishedFigure: Sendable, Equatable {
    /// The GPU, as the catalogue names it.
    public var gpu: String
    /// Frames in a batch.
    public var batch: Int
    /// How many frames were made; nil if none could be.
    public var frames: Int?
    /// In how many seconds; nil if it was not measured.
    public var seconds: Double?
    /// The memory in use, in GB; nil if it was not measured, or ran out.
    public var memory: Double?
    /// Whether the memory ran out.
    public var outOfMemory: Bool
    /// What was measured, in words.
    public var label: String
    /// Who published it, and what is assumed.
    public var source: String

    /// The published figures that come with Visavis.
    /// - Throws: ``PlanningError`` if the installation is damaged.
    public static func standard() throws(PlanningError) -> [PublishedFigure] {
        try read(Resource.file("published.yaml"))
    }

    /// Reads figures; docs/planning.md describes the file.
    static func read(_ file: URL) throws(PlanningError) -> [PublishedFigure] {
        let fields = try Fields(of: file)
        try fields.allow(["figures"])
        var figures: [PublishedFigure] = []
        for entry in try fields.list("figures") { figures.append(try PublishedFigure(entry)) }
        return figures
    }

    private init(_ fields: Fields) throws(PlanningError) {
        try fields.allow(["gpu", "batch", "frames", "seconds", "memory_gb", "out_of_memory", "fps", "label", "source"])
        gpu = try fields.text("gpu")
        batch = try fields.integer("batch", in: 1...1_000)
        label = try fields.text("label")
        source = try fields.text("source")
        outOfMemory = fields.has("out_of_memory")
        memory = fields.has("memory_gb") ? try fields.number("memory_gb", in: 0.1...10_000) : nil
        if fields.has("fps") {
            // A rate is the time of one batch.
            frames = batch
            seconds = Double(batch) / (try fields.number("fps", in: 0.01...100_000))
        } else if !outOfMemory {
            frames = try fields.integer("frames", in: 1...1_000_000)
            seconds = try fields.number("seconds", in: 1e-4...1e6)
        }
    }
}

/// How far the model is from a published figure.
public struct PublishedComparison: Sendable, Equatable, Encodable {
    /// What is compared: a rate, or the memory in use.
    public enum Quantity: String, Sendable, Encodable {
        /// Frames a second.
        case framesPerSecond = "frames_per_second"
        /// Memory in use, in GB.
        case memory = "memory_gb"
    }

    /// The GPU.
    public var gpu: String
    /// Frames in a batch.
    public var batch: Int
    /// What was measured, in words.
    public var label: String
    /// What is compared.
    public var quantity: Quantity
    /// What was published.
    public var published: Double
    /// What the model says.
    public var predicted: Double
    /// The one by the other; 1 is agreement, above it the model says more.
    public var ratio: Double
    /// Whether more than the published value was needed: it is all the memory there was, and that was too little.
    public var isExceeded = false

    enum CodingKeys: String, CodingKey {
        case gpu, batch, label, quantity, published, predicted, ratio
        case isExceeded = "exceeded"
    }

    /// Compares figures with a model.
    /// - Parameter catalogue: has their GPUs; figures of others are left out.
    public static func all(
        of figures: [PublishedFigure], with cost: FrameCost, on catalogue: GPUCatalogue
    ) -> [PublishedComparison] {
        figures.flatMap { figure -> [PublishedComparison] in
            guard let gpu = catalogue.gpus.first(where: { $0.name == figure.gpu }) else { return [] }
            func compared(_ quantity: Quantity, _ published: Double, _ predicted: Double) -> PublishedComparison {
                PublishedComparison(
                    gpu: gpu.name, batch: figure.batch, label: figure.label, quantity: quantity, published: published,
                    predicted: predicted, ratio: predicted / published)
            }
            var comparisons: [PublishedComparison] = []
            if let seconds = figure.seconds, let frames = figure.frames {
                let expected = cost.time(forFrames: frames, inBatchesOf: figure.batch, on: gpu)
                comparisons.append(compared(.framesPerSecond, Double(frames) / seconds, Double(frames) / expected))
            }
            if let memory = figure.memory ?? (figure.outOfMemory ? gpu.memory : nil) {
                var comparison = compared(.memory, memory, cost.memory(ofBatch: figure.batch))
                comparison.isExceeded = figure.outOfMemory
                comparisons.append(comparison)
            }
            return comparisons
        }
    }
}
