extension Plan {
    /// The heads of ``rows``.
    public static let head = [
        "GPU", "largest batch", "batch", "batch ms", "first frame ms", "frames/s", "speakers/card", "cards", "cost",
        "a session",
    ]

    /// The options for people: a row each, as many cells as ``head``.
    public var rows: [[String]] {
        let money = Money(currency: currency)
        return options.map { option in
            [
                option.gpu, "\(option.largestBatch)", option.batch > 0 ? "\(option.batch)" : "–",
                option.batch > 0 ? Digits.text(option.batchTime) : "–",
                option.batch > 0 ? Digits.text(option.firstFrame) : "–",
                option.batch > 0 ? Digits.text(option.framesPerSecond) : "–", "\(option.speakers)",
                option.cards.map { "\($0)" } ?? "–", option.cost.map(money.text) ?? "–",
                option.costPerSession.map(money.text) ?? "–",
            ]
        }
    }

    /// What is asked for, in a sentence.
    public var question: String {
        let budget = demand.budget.map { ", for at most \(Money(currency: currency).text($0))" } ?? ""
        return "\(demand.sessions) sessions that speak \(Digits.text(demand.speakingShare * 100))% of the time at "
            + "\(Digits.text(demand.fps)) fps, a first frame within \(Digits.text(demand.latency * 1_000)) ms\(budget). "
            + "In \(Digits.text(demand.certainty * 100, digits: 4))% of the time at most \(speakersAtOnce) speak at once "
            + "(on average \(Digits.text(Double(demand.sessions) * demand.speakingShare)))."
    }

    /// What the figures rest on, in a sentence.
    public var basis: String {
        isCalibrated
            ? "Times and memory are calibrated by the bench result; other GPUs are scaled by their rates."
            : "Times and memory rest on figures that others published, which differ from each other by half: measure "
                + "yours with `visavis bench` and plan with --bench."
    }

    /// The heads of ``comparisonRows``.
    public static let comparisonHead = [
        "GPU", "batch", "published by", "what", "published", "model", "model / published",
    ]

    /// How far the model is from what was published: a row each.
    public var comparisonRows: [[String]] {
        comparisons.map { comparison in
            [
                comparison.gpu, "\(comparison.batch)", comparison.label,
                comparison.quantity == .memory ? "memory, GB" : "frames/s",
                (comparison.isExceeded ? "> " : "") + Digits.text(comparison.published),
                Digits.text(comparison.predicted), Digits.text(comparison.ratio, digits: 2),
            ]
        }
    }
}
