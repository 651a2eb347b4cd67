extension Plan {
    /// What is asked for.
    public var question: String {
        let share = Digits.text(demand.speakingShare * 100)
        let mean = Digits.text(demand.speakingShare * Double(demand.sessions))
        let latency = Digits.text(demand.latency * 1_000)
        let budget = demand.budget.map { ", for at most \(Money(currency: currency).text($0))" } ?? ""
        return "\(demand.sessions) sessions that speak \(share)% of the time at \(Digits.text(demand.fps)) fps, "
            + "a first frame within \(latency) ms\(budget). In \(Digits.text(demand.certainty * 100, digits: 4))% of the "
            + "time at most \(speakersAtOnce) speak at once (on average \(mean))."
    }

    /// What the figures rest on.
    public var basis: String {
        let fixed = Digits.text(frameCost.fixed * 1_000)
        let work = Digits.text(frameCost.work, digits: 2)
        let efficiency = Digits.text(frameCost.efficiency * 100)
        let model = Digits.text(frameCost.modelMemory)
        let frame = Digits.text(frameCost.frameMemory, digits: 2)
        return "A batch takes \(fixed) ms, and \(work) TFLOP a frame at \(efficiency)% of a GPU's rate; it needs "
            + "\(model) GB, and \(frame) GB a frame. "
            + (isCalibrated
                ? "The bench result says so of one GPU; others are taken to differ from it by their rates alone."
                : "So say figures that others published, which contradict each other by a factor of two: measure yours "
                    + "with `visavis bench`, and plan with --bench.")
    }
}
