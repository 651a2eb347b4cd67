/// One value, or a few to compare, for each of some things: bars from the left, their names beside them.
public struct BarChart: Chart {
    /// A thing and its bars.
    public struct Bar: Sendable, Equatable {
        /// What it is.
        public var name: String
        /// Its value in each series; nil where it has none.
        public var values: [Double?]
        /// What is written behind each bar, instead of the number.
        public var labels: [String]
        /// Whether it stands out. If any bar does, the others step back.
        public var isEmphasised: Bool

        /// Makes a bar for each value.
        public init(_ name: String, _ values: [Double?], labels: [String] = [], isEmphasised: Bool = false) {
            self.name = name
            self.values = values
            self.labels = labels
            self.isEmphasised = isEmphasised
        }
    }

    /// What it shows.
    public var title: String
    /// The axis along the bottom; it begins at zero.
    public var axis: Axis
    /// What the values of a bar are called.
    public var series: [String]
    /// The bars, from the top.
    public var bars: [Bar]

    /// Makes a chart.
    public init(_ title: String, axis: Axis, series: [String], bars: [Bar]) {
        self.title = title
        self.axis = axis
        self.series = series
        self.bars = bars
    }

    /// The chart as an `svg` element.
    public var element: Element {
        let width = 720.0
        let thickness = series.count > 1 ? 11.0 : 18.0
        let pitch = Double(max(series.count, 1)) * (thickness + 2) + 10
        let legend = Legend(series.map { ($0, .bar) }, below: 44, width: width)
        let top = legend.bottom + 8
        let bottom = top + Double(bars.count) * pitch + 4
        let height = bottom + 48
        let left = 20 + min(240, bars.map { TextWidth.of($0.name) }.max() ?? 0) + 10
        let room = bars.flatMap { bar in bar.values.indices.map { TextWidth.of(label(of: bar, $0)) } }.max() ?? 0
        var zeroBased = axis
        (zeroBased.scale, zeroBased.startsAtZero) = (.linear, true)
        let placed = PlacedAxis(
            zeroBased, values: bars.flatMap(\.values).compactMap { $0 }, from: left, to: width - 28 - room,
            endsAtTick: false)
        let area = PlotArea(
            x: placed, y: placed, left: left, right: width - 20, top: top, bottom: bottom)

        return frame(
            width: width, height: height,
            legend.elements + area.columns
                + bars.enumerated().flatMap { index, bar in
                    drawing(of: bar, middle: top + (Double(index) + 0.5) * pitch, thickness: thickness, on: placed)
                })
    }

    private func drawing(of bar: Bar, middle: Double, thickness: Double, on axis: PlacedAxis) -> [Element] {
        let stepsBack = !bar.isEmphasised && bars.contains(where: \.isEmphasised)
        var elements = [
            Element(
                "text",
                [
                    "class": bar.isEmphasised ? "strong" : "value", "x": (axis.start - 10).px, "y": (middle + 4).px,
                    "text-anchor": "end",
                ], text: bar.name)
        ]
        let first = middle - (thickness + 2) * Double(series.count) / 2 + 1
        for (number, value) in bar.values.prefix(series.count).enumerated() {
            let y = first + Double(number) * (thickness + 2)
            let zero = axis.position(0) ?? axis.start
            let end = value.flatMap(axis.position) ?? zero
            let color = stepsBack && series.count == 1 ? "--hue: var(--muted)" : ChartStyle.hue(number)
            if end != zero {
                elements.append(
                    Element(
                        "rect",
                        [
                            "class": "bar", "style": color, "x": min(zero, end).px, "y": y.px,
                            "width": max(abs(end - zero), 1).px, "height": thickness.px, "rx": "3",
                        ]))
            }
            elements.append(
                Element(
                    "text",
                    [
                        "class": bar.isEmphasised ? "strong" : "value", "x": (max(zero, end) + 8).px,
                        "y": (y + thickness / 2 + 4).px,
                    ], text: label(of: bar, number)))
        }
        return elements
    }

    private func label(of bar: Bar, _ number: Int) -> String {
        if bar.labels.indices.contains(number) { return bar.labels[number] }
        guard let value = bar.values[number], axis.canShow(value) else { return "–" }
        return Ticks.label(value)
    }
}
