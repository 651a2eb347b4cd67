/// Values over values: lines, points, or both.
public struct XYChart: Chart {
    /// What it shows.
    public var title: String
    /// The axis along the bottom.
    public var x: Axis
    /// The axis up the side.
    public var y: Axis
    /// What is drawn.
    public var series: [XYSeries]
    /// Values to compare with, e.g. a limit.
    public var references: [Reference]

    /// Makes a chart.
    public init(_ title: String, x: Axis, y: Axis, series: [XYSeries], references: [Reference] = []) {
        self.title = title
        self.x = x
        self.y = y
        self.series = series
        self.references = references
    }

    /// A line across the chart at one value.
    public struct Reference: Sendable, Equatable {
        /// The axis that the value is of.
        public enum Direction: Sendable {
            /// A vertical line.
            case x
            /// A horizontal line.
            case y
        }

        /// The axis that the value is of.
        public var direction: Direction
        /// The value.
        public var value: Double
        /// What it means.
        public var label: String

        /// Makes a line.
        public init(_ direction: Direction, at value: Double, _ label: String) {
            self.direction = direction
            self.value = value
            self.label = label
        }
    }

    /// The chart as an `svg` element.
    public var element: Element {
        let (width, height) = (720.0, 400.0)
        let legend = Legend(series.map { ($0.name, $0.style == .dashed ? .dash : .mark) }, below: 44, width: width)
        let top = legend.bottom + 34
        let bottom = height - 48

        let points = series.flatMap(\.points)
        let references = { (direction: Reference.Direction) in
            self.references.lazy.filter { $0.direction == direction }.map(\.value)
        }
        let heights = points.flatMap { [$0.y] + ($0.spread.map { [$0.lowerBound, $0.upperBound] } ?? []) }
        let yAxis = PlacedAxis(y, values: heights + references(.y), from: bottom, to: top)
        let left = 28 + (yAxis.ticks.map { TextWidth.of(yAxis.label($0)) }.max() ?? 0)
        let xAxis = PlacedAxis(x, values: points.map(\.x) + references(.x), from: left + 8, to: width - 28)
        let area = PlotArea(x: xAxis, y: yAxis, left: left, right: width - 20, top: top, bottom: bottom)

        return frame(
            width: width, height: height,
            legend.elements + area.axes + self.references.flatMap(area.reference) + area.drawing(of: series))
    }
}
