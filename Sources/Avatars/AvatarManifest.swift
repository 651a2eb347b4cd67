import Foundation

/// What a bundle's `avatar.json` says, checked field by field.
struct AvatarManifest: Decodable, Sendable {
    /// Where the mouth is drawn; see ``MouthAtlas``.
    struct Mouth: Decodable, Sendable {
        var atlas: String
        @WholeNumber var columns: Int
        @WholeNumber var cellWidth: Int
        @WholeNumber var cellHeight: Int
        var anchor: [Double]
        var axes: [Axis]
        /// Numbers of cells; whole, as ``check(file:)`` sees to.
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

    @WholeNumber var format: Int
    var id: String
    var name: String
    @WholeNumber var width: Int
    @WholeNumber var height: Int
    @WholeNumber var fps: Int
    var clip: String
    @WholeNumber var frames: Int
    var mouth: Mouth
    var anchors: [[Double]]

    /// The names that an axis may have, with the range of its values.
    static let axisRanges: [String: ClosedRange<Double>] = [
        "aperture": -1...1, "spread": -1...1, "teeth": 0...1, "tongue": 0...1,
    ]

    /// Reads and checks the manifest in `folder`.
    init(in folder: URL) throws(AvatarError) {
        let file = folder.appending(path: "avatar.json")
        guard AvatarLibrary.isFolder(folder) else { throw .noFolder(folder.path) }
        guard let data = try? Data(contentsOf: file) else {
            throw .missingFile(file.path, purpose: "the avatar's manifest")
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: data)
        } catch let error as DecodingError {
            throw AvatarError(error, in: file)
        } catch {
            throw .notJSON(file: file.path, reason: "\(error)")
        }
        try check(file: file.path)
    }

    private func check(file: String) throws(AvatarError) {
        func expect(
            _ isGood: Bool, _ field: String, _ found: @autoclosure () -> Any, _ expected: @autoclosure () -> String
        ) throws(AvatarError) {
            guard isGood else { throw .field(file: file, field: field, found: "\(found())", expected: expected()) }
        }
        func expectSize(_ size: Int, _ field: String, within range: ClosedRange<Int>) throws(AvatarError) {
            try expect(
                range.contains(size) && size.isMultiple(of: 2), field, size,
                "an even number of pixels, \(range.lowerBound)…\(range.upperBound)")
        }
        func expectFileName(_ name: String, _ field: String) throws(AvatarError) {
            try expect(
                !name.isEmpty && !name.contains("/") && !name.hasPrefix("."), field, "\"\(name)\"",
                "the name of a file in the bundle")
        }
        try expect(format == 1, "format", format, "1")
        let idIsPlain = !id.isEmpty && id.utf8.allSatisfy { Self.idCharacters.contains($0) }
        try expect(idIsPlain, "id", "\"\(id)\"", "letters, digits, - and _")
        try expectSize(width, "width", within: 16...4096)
        try expectSize(height, "height", within: 16...4096)
        // Utterances are cut into frames of 960 samples.
        try expect(fps == 25, "fps", fps, "25")
        try expectFileName(clip, "clip")
        try expect((1...3_000).contains(frames), "frames", frames, "1…3000")
        try expect(anchors.count == frames, "anchors", "\(anchors.count) anchors", "one for each of \(frames) frames")
        for (index, anchor) in anchors.enumerated() {
            let isGood =
                anchor.count == 4 && anchor.allSatisfy(\.isFinite) && (0.05...20).contains(anchor[2])
                && abs(anchor[0]) < 10_000 && abs(anchor[1]) < 10_000 && abs(anchor[3]) < 7
            try expect(isGood, "anchors[\(index)]", anchor, "[x, y, scale 0.05…20, rotation in radians]")
        }
        try expectFileName(mouth.atlas, "mouth.atlas")
        try expect((1...256).contains(mouth.columns), "mouth.columns", mouth.columns, "1…256")
        try expectSize(mouth.cellWidth, "mouth.cell_width", within: 2...2048)
        try expectSize(mouth.cellHeight, "mouth.cell_height", within: 2...2048)
        let anchorIsGood = mouth.anchor.count == 2 && mouth.anchor.allSatisfy { abs($0) < 10_000 }
        try expect(anchorIsGood, "mouth.anchor", mouth.anchor, "[x, y] in pixels of a cell")
        try expect(
            (1...Self.axisRanges.count).contains(mouth.axes.count), "mouth.axes", "\(mouth.axes.count) axes", "1…4")
        for (index, axis) in mouth.axes.enumerated() {
            let field = "mouth.axes[\(index)]"
            let isNew = !mouth.axes[..<index].contains { $0.name == axis.name }
            guard isNew, let range = Self.axisRanges[axis.name] else {
                let names = Self.axisRanges.keys.sorted().joined(separator: ", ")
                throw .field(
                    file: file, field: "\(field).name", found: "\"\(axis.name)\"", expected: "each once of \(names)")
            }
            let values = axis.values
            let isIncreasing = zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
            try expect(
                isIncreasing && values.count <= 64 && values.allSatisfy(range.contains) && values.contains(0),
                "\(field).values", values,
                "increasing numbers in \(range.lowerBound)…\(range.upperBound), 0 (the clip's own mouth) among them")
        }
        let points = mouth.axes.reduce(1) { $0 * $1.values.count }
        try expect(
            mouth.cells.count == points, "mouth.cells", "\(mouth.cells.count) cells",
            "one for each of the \(points) points of the axes' grid")
        for (index, cell) in mouth.cells.enumerated() {
            let isGood = (0..<65_536).contains(cell) && cell.rounded() == cell
            try expect(isGood, "mouth.cells[\(index)]", cell, "the number of a cell of the atlas")
        }
    }

    private static let idCharacters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)
}

/// A whole number. Of 64.5 for an `Int`, `JSONDecoder` only says that it was not valid JSON, but not where.
@propertyWrapper
struct WholeNumber: Decodable, Sendable {
    var wrappedValue: Int

    init(from decoder: any Decoder) throws {
        let number = try decoder.singleValueContainer().decode(Double.self)
        guard let whole = Int(exactly: number) else {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(number)")
            throw DecodingError.typeMismatch(Int.self, context)
        }
        wrappedValue = whole
    }
}
