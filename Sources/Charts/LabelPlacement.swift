/// Places for labels beside marks, where they cover neither each other nor marks.
struct LabelPlacement {
    /// Where a label goes: the start, middle or end of its text, on its baseline.
    struct Place {
        let x: Double
        let y: Double
        let anchor: String
    }

    private struct Box {
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double

        func overlaps(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    private let edges: ClosedRange<Double>
    private var taken: [Box]

    /// - Parameters:
    ///   - marks: where all marks are.
    ///   - edges: between which pixels labels have to stay.
    init(marks: [(x: Double, y: Double)], within edges: ClosedRange<Double>) {
        self.edges = edges
        taken = marks.map { Box(left: $0.x - 6, right: $0.x + 6, top: $0.y - 6, bottom: $0.y + 6) }
    }

    /// The first free place: to the right of the mark, to its left, above or below; the right if none is.
    mutating func place(_ label: String, at x: Double, _ y: Double) -> Place {
        let width = TextWidth.of(label)
        let places = [
            (Place(x: x + 9, y: y + 4, anchor: "start"), x + 9),
            (Place(x: x - 9, y: y + 4, anchor: "end"), x - 9 - width),
            (Place(x: x, y: y - 10, anchor: "middle"), x - width / 2),
            (Place(x: x, y: y + 19, anchor: "middle"), x - width / 2),
        ].map { place, left in (place, Box(left: left, right: left + width, top: place.y - 10, bottom: place.y + 2)) }
        let free = places.first { _, box in
            box.left >= edges.lowerBound && box.right <= edges.upperBound && !taken.contains { $0.overlaps(box) }
        }
        let (place, box) = free ?? places[0]
        taken.append(box)
        return place
    }
}
