/// What is whose, in rows that fit the width.
struct Legend {
    /// What is drawn before a name.
    enum Swatch {
        case mark
        case dash
        case bar
    }

    private(set) var elements: [Element] = []
    /// Where the next thing may begin.
    private(set) var bottom: Double

    /// - Parameters:
    ///   - series: the names of all series, in their order. One that stands alone is what the title says.
    ///   - top: where the legend may begin.
    init(_ series: [(name: String, swatch: Swatch)], below top: Double, width: Double) {
        bottom = top
        guard series.count > 1 else { return }
        var (x, y) = (20.0, top + 8)
        for (number, (name, swatch)) in series.enumerated() {
            let needed = 22 + TextWidth.of(name)
            if x > 20, x + needed > width - 20 { (x, y) = (20, y + 20) }
            elements += [
                Element("g", ["style": ChartStyle.hue(number)], [swatch.element(number, x: x, y: y)]),
                Element("text", ["class": "value", "x": (x + 20).px, "y": (y + 4).px], text: name),
            ]
            x += needed + 18
        }
        bottom = y + 10
    }
}

extension Legend.Swatch {
    fileprivate func element(_ number: Int, x: Double, y: Double) -> Element {
        switch self {
        case .mark: Mark.element(number, x: x + 6, y: y)
        case .dash: Element("path", ["class": "line dashed", "d": "M\((x - 1).px),\(y.px) l16,0"])
        case .bar:
            Element(
                "rect",
                ["class": "bar", "x": x.px, "y": (y - 5).px, "width": "12", "height": "10", "rx": "3"])
        }
    }
}
