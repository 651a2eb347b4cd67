import Foundation
import Testing

@testable import Charts

@Suite struct ChartTests {
    private let latency = XYChart(
        "Latency", x: Axis("batch size", scale: .logarithmic, ticks: [1, 4, 16]), y: Axis("seconds"),
        series: [
            XYSeries("measured", [.init(1, 1.87, spread: 1.8...2), .init(4, 1.14), .init(16, 1.56, label: "24 GB")]),
            XYSeries("expected", style: .dashed, [.init(1, 1.7), .init(16, 1.5)]),
        ], references: [.init(.y, at: 2, "live"), .init(.x, at: 20, "out of memory")])
    private let cost = BarChart(
        "Cost", axis: Axis("¥"), series: ["a session"],
        bars: [.init("RTX 4090", [20_000], isEmphasised: true), .init("A100", [nil]), .init("H100", [30_000])])

    @Test func chartsAreWellFormed() throws {
        let lines = try Markup(latency.svg)
        #expect(lines.texts.contains("out of memory"))
        #expect(lines.texts.isSuperset(of: ["Latency", "1", "4", "16", "measured", "expected", "24 GB", "seconds"]))
        #expect(lines.count["circle"] == 3 + 1, "three measurements, and the legend's mark")
        let bars = try Markup(cost.svg)
        #expect(bars.texts.isSuperset(of: ["Cost", "RTX 4090", "A100", "–", "20k", "30k"]))
        #expect(bars.count["rect"] == 1 + 2, "the surface, and a bar for each value there is")
    }

    @Test func valuesAreWhereTheAxisSaysTheyAre() throws {
        let axis = PlacedAxis(Axis("", scale: .logarithmic, ticks: [1, 100]), values: [], from: 0, to: 200)
        #expect(axis.position(10) == 100)
        let upright = PlacedAxis(Axis(""), values: [10, 97], from: 300, to: 100)
        #expect(upright.position(0) == 300)
        #expect(upright.position(100) == 100)
        #expect(upright.position(25) == 250)
    }

    @Test func labelsCoverNeitherMarksNorEachOther() {
        var labels = LabelPlacement(marks: [(100, 100), (120, 100), (100, 108)], within: 0...400)
        #expect(labels.place("to the left", at: 100, 100).anchor == "end", "a mark is on the right")
        #expect(labels.place("to the right", at: 120, 100).anchor == "start")
        #expect(labels.place("below", at: 100, 108).anchor == "middle", "the first label is on the left")
        var narrow = LabelPlacement(marks: [(390, 50)], within: 0...400)
        #expect(narrow.place("at the edge", at: 390, 50).anchor == "end")
    }

    @Test(arguments: [Axis.Scale.linear, .logarithmic])
    func whatHasNoPlaceIsLeftOut(scale: Axis.Scale) throws {
        let wild: [Double] = [.nan, .infinity, -.infinity, 1e300, -1e300, 0, -1, 1, 1e-300, 5]
        let axis = Axis("x", scale: scale, ticks: nil)
        for values in [wild, [], [.nan], [0], [7], [-2, -1], [1e29, 1]] {
            let chart = XYChart(
                "wild", x: axis, y: axis, series: [XYSeries("s", values.map { .init($0, $0) })],
                references: values.map { .init(.x, at: $0, "here") })
            let drawn = try Markup(chart.svg)
            #expect(!drawn.text.contains("nan") && !drawn.text.contains("inf"))
            let bars = BarChart("wild", axis: axis, series: ["s"], bars: values.map { .init("\($0)", [$0]) })
            _ = try Markup(bars.svg)
        }
    }

    @Test func textNeverBecomesMarkup() throws {
        let nasty = "</title><script>alert(1)</script> & \"quotes\" \u{0}\u{1B}"
        let report = HTMLReport(
            title: nasty, subtitle: nasty,
            parts: [
                .heading(nasty), .paragraph(nasty), .conclusion(nasty),
                .table(.init(head: [nasty], rows: [[nasty]])),
                .chart(
                    XYChart(
                        nasty, x: Axis(nasty), y: Axis(nasty),
                        series: [XYSeries(nasty, [.init(1, 1, label: nasty)])])),
                .chart(BarChart(nasty, axis: Axis(nasty), series: [nasty], bars: [.init(nasty, [1], labels: [nasty])])),
            ])
        let page = try Markup(report.html)
        #expect(page.count["script"] == nil)
        #expect(page.texts.contains(nasty.replacing("\u{0}\u{1B}", with: "\u{FFFD}\u{FFFD}")))
    }

    @Test func aReportNeedsNoOtherFile() throws {
        let report = HTMLReport(
            title: "Bench",
            parts: [.chart(latency), .table(.init(head: ["a", "b"], rows: [["1", "2"]], emphasisedRow: 0))])
        let page = try Markup(report.html)
        #expect(page.count["svg"] == 1)
        #expect(page.count["style"] == 1)
        for reference in ["src=", "href=", "url(", "@import"] { #expect(!page.text.contains(reference)) }
    }

    @Test func theColoursOfSeriesAreDefinedForLightAndDark() {
        for hue in 0..<ChartStyle.hues {
            #expect(ChartStyle.css.components(separatedBy: "--series-\(hue):").count == 3)
        }
    }
}
