import Foundation

/// The rectangle between two axes, and what is drawn in it.
struct PlotArea {
    let x: PlacedAxis
    let y: PlacedAxis
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    /// Grid lines, ticks and the axes' labels.
    var axes: [Element] {
        var elements: [Element] = []
        for tick in y.ticks {
            guard let position = y.position(tick) else { continue }
            elements.append(horizontal(at: position, class: "grid"))
            elements.append(text(y.label(tick), x: left - 8, y: position + 4, anchor: "end"))
        }
        elements += bottomTicks
        elements.append(horizontal(at: bottom, class: "axis"))
        elements.append(text(y.axis.label, x: 20, y: top - 16, anchor: "start"))
        elements.append(text(x.axis.label, x: right, y: bottom + 38, anchor: "end"))
        return elements
    }

    /// The grid of a bar chart: upright lines.
    var columns: [Element] {
        x.ticks.compactMap(x.position).map { vertical(at: $0, from: top, to: bottom, class: "grid") }
            + bottomTicks + [text(x.axis.label, x: right, y: bottom + 38, anchor: "end")]
    }

    private var bottomTicks: [Element] {
        var elements: [Element] = []
        var free = -Double.infinity
        for tick in x.ticks {
            guard let position = x.position(tick) else { continue }
            elements.append(vertical(at: position, from: bottom, to: bottom + 4, class: "axis"))
            // A label that would touch the one before is left out; its tick stays.
            let width = TextWidth.of(x.label(tick))
            guard position - width / 2 > free else { continue }
            free = position + width / 2 + 6
            elements.append(text(x.label(tick), x: position, y: bottom + 19, anchor: "middle"))
        }
        return elements
    }

    /// A reference's line and label.
    func reference(_ reference: XYChart.Reference) -> [Element] {
        switch reference.direction {
        case .y:
            guard let position = y.position(reference.value) else { return [] }
            return [
                horizontal(at: position, class: "reference"),
                text(reference.label, x: right, y: position - 5, anchor: "end"),
            ]
        case .x:
            guard let position = x.position(reference.value) else { return [] }
            let fits = position + 6 + TextWidth.of(reference.label) < right
            return [
                vertical(at: position, from: top, to: bottom, class: "reference"),
                text(
                    reference.label, x: position + (fits ? 6 : -6), y: bottom - 8, anchor: fits ? "start" : "end"),
            ]
        }
    }

    /// All series: their lines, whiskers and marks, and above them the labels.
    func drawing(of series: [XYSeries]) -> [Element] {
        let marks = series.filter { $0.style != .dashed }.flatMap(placed)
        var labels = LabelPlacement(marks: marks.map { ($0.x, $0.y) }, within: left...right)
        return series.enumerated().map { drawing(of: $0.element, number: $0.offset) }
            + marks.compactMap { x, y, point in
                point.label.map { label in
                    let place = labels.place(label, at: x, y)
                    return text(label, x: place.x, y: place.y, anchor: place.anchor)
                }
            }
    }

    private func placed(_ series: XYSeries) -> [(x: Double, y: Double, point: XYSeries.Point)] {
        series.points.compactMap { point in
            x.position(point.x).flatMap { x in y.position(point.y).map { y in (x: x, y: y, point: point) } }
        }
    }

    private func drawing(of series: XYSeries, number: Int) -> Element {
        let points = placed(series)
        var elements: [Element] = []
        if series.style != .marks, points.count > 1 {
            let path = points.map { "\($0.x.px),\($0.y.px)" }.joined(separator: " L")
            elements.append(
                Element("path", ["class": series.style == .dashed ? "line dashed" : "line", "d": "M\(path)"]))
        }
        for (x, y, point) in points {
            if let spread = point.spread, let low = self.y.position(spread.lowerBound),
                let high = self.y.position(spread.upperBound)
            {
                elements.append(vertical(at: x, from: low, to: high, class: "spread"))
            }
            if series.style != .dashed { elements.append(Mark.element(number, x: x, y: y)) }
        }
        return Element("g", ["style": ChartStyle.hue(number)], elements)
    }

    private func horizontal(at position: Double, class name: String) -> Element {
        Element(
            "line", ["class": name, "x1": left.px, "x2": right.px, "y1": position.px, "y2": position.px])
    }

    private func vertical(at position: Double, from: Double, to: Double, class name: String) -> Element {
        Element("line", ["class": name, "x1": position.px, "x2": position.px, "y1": from.px, "y2": to.px])
    }

    private func text(_ text: String, x: Double, y: Double, anchor: String) -> Element {
        Element("text", ["x": x.px, "y": y.px, "text-anchor": anchor], text: text)
    }
}

/// The mark of a series: its shape tells it from the others where its colour does not.
enum Mark {
    static func element(_ series: Int, x: Double, y: Double) -> Element {
        switch series % 4 {
        case 0: Element("circle", ["class": "mark", "cx": x.px, "cy": y.px, "r": "5"])
        case 1: path(x, y, "m0,-6 l6,6 l-6,6 l-6,-6 z")
        case 2: path(x, y, "m0,-6 l6,10.4 l-12,0 z")
        default: path(x, y, "m-4.5,-4.5 l9,0 l0,9 l-9,0 z")
        }
    }

    private static func path(_ x: Double, _ y: Double, _ shape: String) -> Element {
        Element("path", ["class": "mark", "d": "M\(x.px),\(y.px) \(shape)"])
    }
}

/// An estimate of a text's width at 12 px: an SVG cannot ask for the font's.
enum TextWidth {
    static func of(_ text: String) -> Double {
        // East Asian characters are as wide as they are high.
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 12 : 6.6) }
    }
}
