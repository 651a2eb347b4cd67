/// Which GPU to take, and why: the cheapest that carries everybody, of equally cheap ones the fewest cards.
struct Choice {
    let option: Plan.Option?
    let reason: String

    /// - Parameter options: the cheapest first.
    init(among options: [Plan.Option], for demand: Demand, currency: String) {
        let money = Money(currency: currency)
        let carrying = options.filter { $0.cards != nil }
        guard let cheapest = carrying.first, let cost = cheapest.cost else {
            option = nil
            reason = Self.whyNone(of: options, for: demand)
            return
        }
        guard cheapest.isWithinBudget else {
            option = nil
            reason =
                "No GPU of the catalogue carries \(demand.sessions) sessions within \(money.text(demand.budget ?? 0)): "
                + "the cheapest way is \(Self.cards(of: cheapest)) for \(money.text(cost))."
            return
        }
        option = cheapest
        var reason =
            "Take \(Self.cards(of: cheapest)) for \(money.text(cost)): the cheapest way to carry \(demand.sessions) "
            + "sessions"
        if let next = carrying.dropFirst().first, let nextCost = next.cost {
            reason += "; the next is \(Self.cards(of: next)) for \(money.text(nextCost))"
        }
        reason += "."
        let fewest = carrying.filter(\.isWithinBudget).min { ($0.cards ?? 0) < ($1.cards ?? 0) }
        if let fewest, let fewestCost = fewest.cost, (fewest.cards ?? 0) < (cheapest.cards ?? 0) {
            reason += " The fewest cards are \(Self.cards(of: fewest)), for \(money.text(fewestCost))."
        }
        self.reason = reason
    }

    private static func cards(of option: Plan.Option) -> String { "\(option.cards ?? 0) × \(option.gpu)" }

    private static func whyNone(of options: [Plan.Option], for demand: Demand) -> String {
        guard !options.isEmpty else { return "The catalogue has no GPU with a price." }
        if options.allSatisfy({ $0.largestBatch == 0 }) {
            return "The model fits into the memory of no GPU of the catalogue."
        }
        if options.allSatisfy({ $0.batch == 0 }) {
            return "No GPU of the catalogue makes a first frame within \(Int(demand.latency * 1_000)) ms."
        }
        return "No GPU of the catalogue carries one speaker at \(Digits.text(demand.fps)) fps within "
            + "\(Int(demand.latency * 1_000)) ms."
    }
}
