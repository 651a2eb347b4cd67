/// Which mark is whose, in rows that fit the width.
struct Legend {
    private(set) var elements: [Element] = []
    /// Where the next thing may begin.
    private(set) var bottom: Double

    /// - Parameters:
    ///   - series: the series with their numbers. One that stands alone is what the title says.
    ///   - top: where the legend may begin.
    init(_ series: [(number: Int, series: XYSeries)], below top: Double, width: Double) {
        self.init(series.map { ($0.number, $0.series.name, $0.series.style) }, below: top, width: width)
    }

    /// - Parameter names: what each number is called.
    init(_ names: [(number: Int, name: String, style: XYSeries.Style)], below top: Double, width: Double) {
        bottom = top
        guard names.count > 1 else { return }
        var (x, y) = (20.0, top + 8)
        for (number, name, style) in names {
            let needed = 22 + TextWidth.of(name)
            if x > 20, x + needed > width - 20 { (x, y) = (20, y + 20) }
            let mark =
                style == .dashed
                ? Element("path", ["class": "line dashed", "d": "M\((x - 1).px),\(y.px) l16,0"])
                : Mark.element(number, x: x + 6, y: y)
            elements += [
                Element("g", ["style": ChartStyle.hue(number)], [mark]),
                Element("text", ["class": "value", "x": (x + 20).px, "y": (y + 4).px], text: name),
            ]
            x += needed + 18
        }
        bottom = y + 10
    }
}
