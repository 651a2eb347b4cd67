import Foundation

/// What the `avatar.json` of a bundle with a drawn face says, checked field by field.
struct DrawnManifest: Decodable, Sendable {
    /// Where the mouth is drawn; see ``MouthAtlas``.
    struct Mouth: Decodable, Sendable {
        var atlas: String
        @WholeNumber var columns: Int
        @WholeNumber var cellWidth: Int
        @WholeNumber var cellHeight: Int
        var anchor: [Double]
        var axes: [Axis]
        /// Numbers of cells; whole, as ``check(_:)`` sees to.
        var cells: [Double]

        /// For each point of the grid the cell that is drawn there.
        var cellNumbers: [Int] { cells.map { Int($0) } }

        enum CodingKeys: String, CodingKey {
            case atlas, columns
            case cellWidth = "cell_width"
            case cellHeight = "cell_height"
            case anchor, axes, cells
        }
    }

    /// One dimension of the grid of drawings.
    struct Axis: Decodable, Sendable {
        var name: String
        var values: [Double]
    }

    var header: AvatarManifest
    var clip: String
    var mouth: Mouth
    var anchors: [[Double]]

    /// The names that an axis may have, with the range of its values.
    static let axisRanges: [String: ClosedRange<Double>] = [
        "aperture": -1...1, "spread": -1...1, "teeth": 0...1, "tongue": 0...1,
    ]

    enum CodingKeys: String, CodingKey {
        case clip, mouth, anchors
    }

    init(from decoder: any Decoder) throws {
        header = try AvatarManifest(from: decoder)
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        clip = try fields.decode(String.self, forKey: .clip)
        mouth = try fields.decode(Mouth.self, forKey: .mouth)
        anchors = try fields.decode([[Double]].self, forKey: .anchors)
    }
}

extension DrawnManifest: CheckedManifest {
    func check(_ field: FieldCheck) throws(AvatarError) {
        try header.check(field)
        // Their pictures are kept decoded.
        try field.expect(header.frames <= 3_000, "frames", header.frames, "1…3000")
        try field.expectFileName(clip, "clip")
        try field.expect(
            anchors.count == header.frames, "anchors", "\(anchors.count) anchors",
            "one for each of \(header.frames) frames")
        for (index, anchor) in anchors.enumerated() {
            let isGood =
                anchor.count == 4 && anchor.allSatisfy(\.isFinite) && (0.05...20).contains(anchor[2])
                && abs(anchor[0]) < 10_000 && abs(anchor[1]) < 10_000 && abs(anchor[3]) < 7
            try field.expect(isGood, "anchors[\(index)]", anchor, "[x, y, scale 0.05…20, rotation in radians]")
        }
        try field.expectFileName(mouth.atlas, "mouth.atlas")
        try field.expect((1...256).contains(mouth.columns), "mouth.columns", mouth.columns, "1…256")
        try field.expectSize(mouth.cellWidth, "mouth.cell_width", within: 2...2048)
        try field.expectSize(mouth.cellHeight, "mouth.cell_height", within: 2...2048)
        let anchorIsGood = mouth.anchor.count == 2 && mouth.anchor.allSatisfy { abs($0) < 10_000 }
        try field.expect(anchorIsGood, "mouth.anchor", mouth.anchor, "[x, y] in pixels of a cell")
        try field.expect(
            (1...Self.axisRanges.count).contains(mouth.axes.count), "mouth.axes", "\(mouth.axes.count) axes", "1…4")
        for (index, axis) in mouth.axes.enumerated() {
            let path = "mouth.axes[\(index)]"
            let isNew = !mouth.axes[..<index].contains { $0.name == axis.name }
            guard isNew, let range = Self.axisRanges[axis.name] else {
                let names = Self.axisRanges.keys.sorted().joined(separator: ", ")
                throw .field(
                    file: field.file, field: "\(path).name", found: "\"\(axis.name)\"",
                    expected: "each once of \(names)")
            }
            let values = axis.values
            let isIncreasing = zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
            try field.expect(
                isIncreasing && values.count <= 64 && values.allSatisfy(range.contains) && values.contains(0),
                "\(path).values", values,
                "increasing numbers in \(range.lowerBound)…\(range.upperBound), 0 (the clip's own mouth) among them")
        }
        let points = mouth.axes.reduce(1) { $0 * $1.values.count }
        try field.expect(
            mouth.cells.count == points, "mouth.cells", "\(mouth.cells.count) cells",
            "one for each of the \(points) points of the axes' grid")
        for (index, cell) in mouth.cells.enumerated() {
            let isGood = (0..<65_536).contains(cell) && cell.rounded() == cell
            try field.expect(isGood, "mouth.cells[\(index)]", cell, "the number of a cell of the atlas")
        }
    }
}
