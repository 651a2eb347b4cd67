extension Plan {
    /// The heads of ``rows``.
    public var head: [String] {
        let head = [
            "GPU", "largest batch", "batch", "batch ms", "first frame ms", "frames/s", "speakers/card", "cards",
            "cost", "a session",
        ]
        return head + (demand.budget == nil ? [] : ["in budget"])
    }

    /// The options for people: a row each, as many cells as ``head``.
    public var rows: [[String]] {
        let money = Money(currency: currency)
        return options.map { option in
            let times = [option.batchTime, option.firstFrame, option.framesPerSecond]
            return [option.gpu, "\(option.largestBatch)", option.batch > 0 ? "\(option.batch)" : "–"]
                + times.map { option.batch > 0 ? Digits.fixed($0) : "–" }
                + [
                    "\(option.speakers)", option.cards.map { "\($0)" } ?? "–", option.cost.map(money.text) ?? "–",
                    option.costPerSession.map(money.text) ?? "–",
                ] + (demand.budget == nil ? [] : [option.isWithinBudget ? "yes" : "no"])
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
        let cost =
            "A batch takes \(Digits.text(frameCost.fixed * 1_000)) ms, and \(Digits.text(frameCost.work, digits: 2)) "
            + "TFLOP a frame at \(Digits.text(frameCost.efficiency * 100))% of a GPU's rate; it needs "
            + "\(Digits.text(frameCost.modelMemory)) GB, and \(Digits.text(frameCost.frameMemory, digits: 2)) GB a frame. "
        return cost
            + (isCalibrated
                ? "The bench result says so of one GPU; others are taken to differ from it by their rates alone."
                : "So say figures that others published, which contradict each other by a factor of two: measure yours "
                    + "with `visavis bench`, and plan with --bench.")
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
                (comparison.isExceeded ? "> " : "") + Digits.fixed(comparison.published),
                Digits.fixed(comparison.predicted), Digits.fixed(comparison.ratio, digits: 2),
            ]
        }
    }
}
