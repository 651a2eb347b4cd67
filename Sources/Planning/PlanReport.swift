import Batching
public import Charts

extension HTMLReport {
    /// A plan as a page.
    /// - Parameter catalogue: the one that was planned with, whose sources are listed.
    public init(_ plan: Plan, with catalogue: GPUCatalogue) {
        self.init(title: "What \(plan.demand.sessions) sessions need", subtitle: plan.question)
        parts = [
            .conclusion(plan.reason),
            .table(
                Table(
                    head: plan.head, rows: plan.rows,
                    emphasisedRow: plan.options.firstIndex { $0.gpu == plan.choice })),
            .chart(Self.cost(plan)), .chart(Self.capacity(plan)),
            .heading("What this rests on"),
            .paragraph(plan.basis),
            .paragraph(
                "A frame takes as long as computing it or moving its data takes, whichever is longer. A first frame "
                    + "waits for one full batch at worst, then goes out in a batch of its own. "
                    + "\(Digits.text(Admission().headroom * 100))% of the frames that a card can make are given away, "
                    + "as the server does. Cost is that of the cards alone: no servers, no electricity."),
            .heading("How far the model is from what was published"),
            .chart(Self.published(plan)),
            .table(Table(head: Plan.comparisonHead, rows: plan.comparisonRows, wordColumns: [0, 2, 3])),
            .heading("Where the figures are from"),
            .table(
                Table(
                    head: ["GPU", "TFLOPS", "GB", "TB/s", "price", "from", "source"],
                    rows: catalogue.gpus.map { Self.row($0) }, wordColumns: [0, 6])),
        ]
    }

    private static func row(_ gpu: GPU) -> [String] {
        [
            gpu.name, Digits.text(gpu.fp16), Digits.text(gpu.memory), Digits.text(gpu.bandwidth, digits: 2),
            gpu.price.map { Money(currency: $0.currency).text($0.amount) } ?? "–", gpu.price?.date ?? "–",
            gpu.source + (gpu.price.map { ". Price: " + $0.source } ?? ""),
        ]
    }

    private static func cost(_ plan: Plan) -> BarChart {
        let money = Money(currency: plan.currency)
        return BarChart(
            "Cost of a session", axis: Axis("\(plan.currency) a session"), series: ["cost"],
            bars: plan.options.map { option in
                .init(
                    option.gpu, [option.costPerSession],
                    labels: [option.costPerSession.map(money.text) ?? "cannot carry one"],
                    isEmphasised: option.gpu == plan.choice)
            })
    }

    private static func capacity(_ plan: Plan) -> BarChart {
        BarChart(
            "Sessions on one card", axis: Axis("sessions a card"), series: ["sessions"],
            bars: plan.options.sorted { $0.sessionsPerCard > $1.sessionsPerCard }.map { option in
                .init(
                    option.gpu, [option.sessionsPerCard],
                    labels: ["\(Digits.text(option.sessionsPerCard)) (\(option.speakers) speaking)"],
                    isEmphasised: option.gpu == plan.choice)
            })
    }

    private static func published(_ plan: Plan) -> XYChart {
        let rates = plan.comparisons.filter { $0.quantity == .framesPerSecond }
        let all = rates.flatMap { [$0.published, $0.predicted] }
        let ends = [all.min(), all.max()].compactMap { $0 }
        let labels = rates.reduce(into: [String]()) { if !$0.contains($1.label) { $0.append($1.label) } }
        return XYChart(
            "Frames a second: the model and what was published",
            x: Axis("published, frames a second", scale: .logarithmic),
            y: Axis("model, frames a second", scale: .logarithmic),
            series: [XYSeries("equal", style: .dashed, ends.map { .init($0, $0) })]
                + labels.map { label in
                    XYSeries(
                        label, style: .marks,
                        rates.filter { $0.label == label }.map {
                            .init($0.published, $0.predicted, label: "\($0.gpu), batch \($0.batch)")
                        })
                })
    }
}
