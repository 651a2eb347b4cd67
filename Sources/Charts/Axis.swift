import Foundation

/// What an axis says, and how values become places on it.
public struct Axis: Sendable, Equatable {
    /// How values become places.
    public enum Scale: Sendable, Equatable {
        /// Equal distances are equal differences.
        case linear
        /// Equal distances are equal ratios. What is not above zero is not drawn.
        case logarithmic
    }

    /// What is measured, with its unit: `time per frame, ms`.
    public var label: String
    /// How values become places.
    public var scale: Scale
    /// Where the ticks are; nil for nice numbers.
    public var ticks: [Double]?
    /// Whether a linear axis begins at zero, so that lengths can be compared.
    public var startsAtZero: Bool

    /// Makes an axis.
    public init(_ label: String, scale: Scale = .linear, ticks: [Double]? = nil, startsAtZero: Bool = true) {
        self.label = label
        self.scale = scale
        self.ticks = ticks
        self.startsAtZero = startsAtZero
    }

    /// Whether a value has a place. Beyond 10³⁰ there is no measurement, but an overflow.
    func canShow(_ value: Double) -> Bool {
        value.isFinite && abs(value) < 1e30 && (scale == .linear || value > 1e-30)
    }
}

/// An axis with its range: the mapping of values to pixels.
struct PlacedAxis {
    let axis: Axis
    let range: ClosedRange<Double>
    let ticks: [Double]
    /// The pixels that the ends of the range have.
    let start: Double
    let end: Double

    /// - Parameters:
    ///   - values: what has to fit; those that cannot be shown are passed over.
    ///   - start: the pixel of the lowest value.
    ///   - end: the pixel of the highest.
    ///   - endsAtTick: whether there is a tick beyond the highest value on a linear axis.
    init(
        _ axis: Axis, values: some Sequence<Double>, from start: Double, to end: Double, endsAtTick: Bool = true
    ) {
        let shown = (Array(values) + (axis.ticks ?? [])).filter(axis.canShow)
        var low = shown.min() ?? (axis.scale == .linear ? 0 : 1)
        var high = shown.max() ?? 1
        switch axis.scale {
        case .linear:
            if axis.startsAtZero { (low, high) = (min(low, 0), max(high, 0)) }
            if high - low <= max(abs(low), abs(high)) * 1e-9 { (low, high) = (low - 0.5, high + 1) }
        case .logarithmic:
            if high / low < 1.01 { (low, high) = (low / 2, high * 2) }
        }
        let nice = axis.ticks == nil ? Ticks.nice(low...high, scale: axis.scale) : nil
        self.axis = axis
        ticks = (axis.ticks ?? nice ?? []).filter { axis.canShow($0) && (endsAtTick || $0 <= high) }
        // Nice ticks enclose the values on a linear axis; on a logarithmic one that would waste up to a
        // decade, so that a margin keeps marks off the edges.
        let margin = axis.scale == .logarithmic && axis.ticks == nil ? 1.08 : 1
        range = min(low / margin, ticks.first ?? low)...max(high * margin, ticks.last ?? high)
        (self.start, self.end) = (start, end)
    }

    /// Where a value is, in pixels; nil if it has no place.
    func position(_ value: Double) -> Double? {
        guard axis.canShow(value) else { return nil }
        let share =
            switch axis.scale {
            case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
            case .logarithmic: log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
            }
        return start + (end - start) * share
    }

    /// A tick's label.
    func label(_ tick: Double) -> String {
        let step = axis.ticks == nil && axis.scale == .linear && ticks.count > 1 ? ticks[1] - ticks[0] : nil
        return Ticks.label(tick, step: step)
    }
}
