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
