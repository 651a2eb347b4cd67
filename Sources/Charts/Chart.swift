/// A picture of numbers.
public protocol Chart: Sendable {
    /// What it shows.
    var title: String { get }
    /// The chart as an `svg` element. Its colours are the variables of ``ChartStyle/css``, which the page has to have.
    var element: Element { get }
}

extension Chart {
    /// The chart as a file of its own, with its style in it.
    public var svg: String {
        let drawing = element
        let style = Element("style", text: ChartStyle.css)
        return Element(drawing.name, drawing.attributes, contents: [.element(style)] + drawing.contents).markup + "\n"
    }

    /// The surface with the title, and what is drawn on it.
    func frame(width: Double, height: Double, _ drawing: [Element]) -> Element {
        Element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img", "aria-label": title,
                "viewBox": "0 0 \(width.px) \(height.px)", "width": width.px, "height": height.px,
            ],
            [
                Element("rect", ["class": "surface", "width": width.px, "height": height.px, "rx": "14"]),
                Element("text", ["class": "title", "x": "20", "y": "30"], text: title),
            ] + drawing)
    }
}

/// The look of all charts.
public enum ChartStyle {
    /// Colours, for light and dark surroundings, and the classes of the charts' elements. The colours of the series are
    /// told apart by the colour-blind too (after Okabe and Ito, "Color Universal Design", 2008); marks differ in shape
    /// besides.
    public static let css = """
        :root {
          color-scheme: light dark;
          --surface: #ffffff; --ink: #1b1a22; --ink-2: #66646f; --grid: #e8e7ee; --axis: #b9b7c4; --muted: #c9c7d6;
          --series-0: #0072b2; --series-1: #d55e00; --series-2: #008f68; --series-3: #b8568f;
          --series-4: #a87400; --series-5: #2f8fc4;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --surface: #1d1c25; --ink: #f2f1f6; --ink-2: #a3a1b0; --grid: #2f2d3a; --axis: #5b5968; --muted: #4a4858;
            --series-0: #56b4e9; --series-1: #ff8a4c; --series-2: #35c69a; --series-3: #e59bc6;
            --series-4: #f0c23c; --series-5: #9aa8ff;
          }
        }
        .chart { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-size: 12px;
          font-variant-numeric: tabular-nums; fill: var(--ink-2); }
        .chart .surface { fill: var(--surface); }
        .chart .title { font-size: 15px; font-weight: 600; fill: var(--ink); }
        .chart .value { fill: var(--ink); }
        .chart .strong { fill: var(--ink); font-weight: 600; }
        .chart .grid { stroke: var(--grid); stroke-width: 1; }
        .chart .axis { stroke: var(--axis); stroke-width: 1; }
        .chart .reference { stroke: var(--ink-2); stroke-width: 1; stroke-dasharray: 2 4; }
        .chart .line { fill: none; stroke: var(--hue); stroke-width: 2.25; stroke-linejoin: round;
          stroke-linecap: round; }
        .chart .dashed { stroke-dasharray: 5 5; stroke-width: 1.5; }
        .chart .spread { stroke: var(--hue); stroke-width: 1.25; opacity: 0.65; }
        .chart .mark { fill: var(--hue); stroke: var(--surface); stroke-width: 1.5; }
        .chart .bar { fill: var(--hue); }
        """

    /// How many series have a colour of their own.
    static let hues = 6

    /// The `style` that gives an element the colour of a series.
    static func hue(_ series: Int) -> String {
        "--hue: var(--series-\(series % hues))"
    }
}
