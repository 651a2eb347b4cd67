/// Points that belong together.
public struct XYSeries: Sendable, Equatable {
    /// How they are drawn.
    public enum Style: Sendable {
        /// A line with a mark at each point.
        case line
        /// A dashed line without marks: what is expected, rather than measured.
        case dashed
        /// Marks alone.
        case marks
    }

    /// One point.
    public struct Point: Sendable, Equatable {
        /// Along the bottom.
        public var x: Double
        /// Up the side.
        public var y: Double
        /// Between which values most measurements were; drawn as a whisker.
        public var spread: ClosedRange<Double>?
        /// What is written beside the mark.
        public var label: String?

        /// Makes a point.
        public init(_ x: Double, _ y: Double, spread: ClosedRange<Double>? = nil, label: String? = nil) {
            self.x = x
            self.y = y
            self.spread = spread
            self.label = label
        }
    }

    /// What the legend says. A chart of one series needs none.
    public var name: String
    /// How it is drawn.
    public var style: Style
    /// The points, in the order of the line.
    public var points: [Point]

    /// Makes a series.
    public init(_ name: String, style: Style = .line, _ points: [Point]) {
        self.name = name
        self.style = style
        self.points = points
    }
}
