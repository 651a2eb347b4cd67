import Batching

/// What is needed for a demand, with each GPU of a catalogue, and which one to take.
public struct Plan: Sendable, Equatable, Encodable {
    /// What is asked for.
    public let demand: Demand
    /// The currency of all prices.
    public let currency: String
    /// How many speak at once; ``Demand/speakersAtOnce``.
    public let speakersAtOnce: Int
    /// Each GPU that can be bought: the cheapest way first, those that cannot carry anybody last.
    public let options: [Option]
    /// The GPU to take; nil if none carries the demand within the budget.
    public let choice: String?
    /// Why, in a sentence or two.
    public let reason: String
    /// What frames are taken to cost.
    public let frameCost: FrameCost
    /// Whether times and memory are measured on the user's own GPU, or published by others.
    public let isCalibrated: Bool
    /// How far the model is from what was published.
    public let comparisons: [PublishedComparison]

    /// What is needed with one GPU.
    public struct Option: Sendable, Equatable, Encodable {
        /// The GPU.
        public var gpu: String
        /// What one costs.
        public var price: Double
        /// The largest batch that its memory has room for; 0 if the model does not fit.
        public var largestBatch: Int
        /// The batch that it would run: the largest with which a first frame still comes in time. 0 if there is none.
        public var batch: Int
        /// The time of that batch, in milliseconds.
        public var batchTime: Double
        /// The time that each of its frames adds, in milliseconds; with the fixed time a curve for `visavis simulate`.
        public var frameTime: Double
        /// How long a first frame takes at worst, in milliseconds: a full batch is under way, then comes its own.
        public var firstFrame: Double
        /// Frames a second in such batches.
        public var framesPerSecond: Double
        /// How many may speak at once on one card; 0 also if one alone would come too late after its first frame.
        public var speakers: Int
        /// How many people one card has room for when they come in such numbers; 0 if it cannot carry one speaker.
        public var sessionsPerCard: Double
        /// How many cards carry the demand; nil if none do.
        public var cards: Int?
        /// What they cost.
        public var cost: Double?
        /// What one person costs.
        public var costPerSession: Double?
        /// Whether that is within the budget; true if there is none.
        public var isWithinBudget: Bool

        enum CodingKeys: String, CodingKey {
            case gpu, price, batch, speakers, cards, cost
            case largestBatch = "largest_batch"
            case batchTime = "batch_ms"
            case frameTime = "frame_ms"
            case firstFrame = "first_frame_ms"
            case framesPerSecond = "frames_per_second"
            case sessionsPerCard = "sessions_per_card"
            case costPerSession = "cost_per_session"
            case isWithinBudget = "within_budget"
        }
    }

    /// Plans.
    /// - Parameters:
    ///   - cost: what frames cost; ``FrameCost/published`` or calibrated.
    ///   - isCalibrated: whether that is measured.
    ///   - comparisons: how far `cost` is from what was published.
    public init(
        for demand: Demand, with catalogue: GPUCatalogue, cost: FrameCost, isCalibrated: Bool = false,
        comparisons: [PublishedComparison] = []
    ) {
        let speakers = demand.speakersAtOnce
        let options = catalogue.gpus.compactMap { gpu in
            gpu.price.map { Option(gpu, at: $0.converted, for: demand, speakers: speakers, cost: cost) }
        }.sorted { ($0.cost ?? .infinity, $0.cards ?? .max) < ($1.cost ?? .infinity, $1.cards ?? .max) }
        self.demand = demand
        currency = catalogue.currency
        speakersAtOnce = speakers
        self.options = options
        frameCost = cost
        self.isCalibrated = isCalibrated
        self.comparisons = comparisons
        let choice = Choice(among: options, for: demand, currency: catalogue.currency)
        self.choice = choice.option?.gpu
        reason = choice.reason
    }

    enum CodingKeys: String, CodingKey {
        case demand, currency, options, choice, reason
        case speakersAtOnce = "speakers_at_once"
        case frameCost = "frame_cost"
        case isCalibrated = "calibrated"
        case comparisons = "published"
    }
}

extension Plan.Option {
    /// - Parameters:
    ///   - price: of one, in the catalogue's currency.
    ///   - speakers: how many speak at once, of all.
    init(_ gpu: GPU, at price: Double, for demand: Demand, speakers: Int, cost: FrameCost) {
        self.gpu = gpu.name
        self.price = price
        largestBatch = cost.largestBatch(inMemoryOf: gpu)
        // The batcher chooses a batch when the one under way is about to end, and lets a first frame go out in a batch
        // of its own: at worst it waits for one full batch.
        let own = cost.time(ofBatch: 1, on: gpu)
        let room = (demand.latency - own - cost.fixed) / cost.timePerFrame(on: gpu)
        batch = room >= 1 ? min(largestBatch, Int(min(room + 1e-9, Double(BatchSizes.limit)))) : 0
        let time = cost.time(ofBatch: batch, on: gpu)
        frameTime = 1_000 * cost.timePerFrame(on: gpu)
        batchTime = batch > 0 ? 1_000 * time : 0
        firstFrame = batch > 0 ? 1_000 * (time + own) : 0
        framesPerSecond = batch > 0 ? Double(batch) / time : 0
        // The server admits no more than this share of what it measured, since speed varies.
        self.speakers =
            cost.keepsUpFromTheStart(inBatchesUpTo: batch, on: gpu, fps: demand.fps)
            ? Int(framesPerSecond * Admission().headroom / demand.fps) : 0
        sessionsPerCard = Double(self.speakers) / Double(speakers) * Double(demand.sessions)
        guard self.speakers > 0 else {
            isWithinBudget = false
            return
        }
        let cards = (speakers + self.speakers - 1) / self.speakers
        let total = Double(cards) * price
        self.cards = cards
        self.cost = total
        costPerSession = total / Double(demand.sessions)
        isWithinBudget = demand.budget.map { total <= $0 } ?? true
    }
}
