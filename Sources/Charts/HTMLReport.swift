/// A page that needs no other file: text, tables and charts.
public struct HTMLReport: Sendable {
    /// A part of the page.
    public enum Part: Sendable {
        /// A heading over what follows.
        case heading(String)
        /// A paragraph.
        case paragraph(String)
        /// The sentence that readers came for, set off.
        case conclusion(String)
        /// A table.
        case table(Table)
        /// A chart.
        case chart(any Chart)
    }

    /// Rows of cells under their heads. All columns but the first are aligned to the right, as numbers are.
    public struct Table: Sendable, Equatable {
        /// What the columns are.
        public var head: [String]
        /// The cells.
        public var rows: [[String]]
        /// The row that stands out.
        public var emphasisedRow: Int?
        /// Columns of words, by index, aligned to the left.
        public var wordColumns: Set<Int>

        /// Makes a table.
        public init(head: [String], rows: [[String]], emphasisedRow: Int? = nil, wordColumns: Set<Int> = [0]) {
            self.head = head
            self.rows = rows
            self.emphasisedRow = emphasisedRow
            self.wordColumns = wordColumns
        }
    }

    /// What it is about.
    public var title: String
    /// Where and when it was made, or what it answers.
    public var subtitle: String
    /// The parts, from the top.
    public var parts: [Part]

    /// Makes a report.
    public init(title: String, subtitle: String = "", parts: [Part] = []) {
        self.title = title
        self.subtitle = subtitle
        self.parts = parts
    }

    /// The page.
    public var html: String {
        let page = Element(
            "html", ["lang": "en"],
            [
                Element(
                    "head", [:],
                    [
                        Element("meta", ["charset": "utf-8"]),
                        Element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                        Element("title", text: title),
                        Element("style", text: ChartStyle.css + "\n" + Self.css),
                    ]),
                Element(
                    "body", [:],
                    [Element("h1", text: title)]
                        + (subtitle.isEmpty ? [] : [Element("p", ["class": "subtitle"], text: subtitle)])
                        + parts.map(\.element)),
            ])
        return "<!DOCTYPE html>\n\(page.markup)\n"
    }

    private static let css = """
        * { box-sizing: border-box; }
        :root { --page: #f4f3f8; }
        @media (prefers-color-scheme: dark) { :root { --page: #131219; } }
        body { margin: 0 auto; padding: 56px 24px 80px; max-width: 968px; background: var(--page); color: var(--ink);
          font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        h1 { margin: 0 0 4px; font-size: 32px; line-height: 1.2; letter-spacing: -0.015em; }
        h2 { margin: 48px 0 12px; font-size: 21px; line-height: 1.3; letter-spacing: -0.01em; }
        p { margin: 12px 0; max-width: 46em; }
        .subtitle { margin: 0 0 32px; color: var(--ink-2); }
        .conclusion { max-width: none; margin: 24px 0; padding: 18px 22px; border-radius: 14px; font-size: 17px;
          background: var(--surface); border-left: 5px solid var(--series-0); }
        .figure, .table { overflow-x: auto; margin: 20px 0; border-radius: 14px; background: var(--surface); }
        .chart { display: block; width: 100%; min-width: 540px; height: auto; }
        .table { padding: 6px 18px; }
        table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
        th, td { padding: 9px 10px; text-align: right; white-space: nowrap; }
        th { color: var(--ink-2); font-weight: 500; vertical-align: bottom; white-space: normal; line-height: 1.35; }
        td { border-top: 1px solid var(--grid); }
        .word { text-align: left; white-space: normal; overflow-wrap: anywhere; }
        .word:last-child { min-width: 22em; }
        td:first-child { white-space: nowrap; }
        .emphasised td { font-weight: 600; }
        .emphasised td:first-child { box-shadow: inset 3px 0 var(--series-0); }
        """
}

extension HTMLReport.Part {
    var element: Element {
        switch self {
        case .heading(let text): Element("h2", text: text)
        case .paragraph(let text): Element("p", text: text)
        case .conclusion(let text): Element("p", ["class": "conclusion"], text: text)
        case .table(let table): Element("div", ["class": "table"], [table.element])
        case .chart(let chart): Element("div", ["class": "figure"], [chart.element])
        }
    }
}

extension HTMLReport.Table {
    var element: Element {
        Element(
            "table", [:],
            [
                Element("thead", [:], [row(head, "th", in: "")]),
                Element(
                    "tbody", [:],
                    rows.enumerated().map { index, cells in
                        row(cells, "td", in: index == emphasisedRow ? "emphasised" : "")
                    }),
            ])
    }

    private func row(_ cells: [String], _ cell: StaticString, in style: String) -> Element {
        Element(
            "tr", ["class": style],
            cells.enumerated().map { index, text in
                Element(cell, ["class": wordColumns.contains(index) ? "word" : ""], text: text)
            })
    }
}
