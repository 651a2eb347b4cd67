import Foundation
import Video

extension MouthAtlas {
    /// Reads the atlas that `manifest` describes, and cuts it into drawings.
    init(of manifest: DrawnManifest, in folder: URL) throws(AvatarError) {
        let mouth = manifest.mouth
        let file = folder.appending(path: mouth.atlas)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw .missingFile(
                file.path, purpose: "the drawings that \"mouth.atlas\" in avatar.json names")
        }
        let image: RGBAImage
        do {
            image = try RGBAImage(contentsOf: file)
        } catch {
            throw .video("\(error)")
        }
        guard image.width >= mouth.columns * mouth.cellWidth, image.height >= mouth.cellHeight else {
            throw .media(
                file: file.path, found: "\(image.width)×\(image.height) pixels",
                expected: """
                    room for \(mouth.columns) columns of cells of \(mouth.cellWidth)×\(mouth.cellHeight), \
                    as avatar.json says
                    """)
        }
        let cells = mouth.cellNumbers
        let available = mouth.columns * (image.height / mouth.cellHeight)
        if let index = cells.firstIndex(where: { $0 >= available }) {
            throw .field(
                file: folder.appending(path: "avatar.json").path, field: "mouth.cells[\(index)]",
                found: "\(cells[index])", expected: "less than \(available), the cells in \(mouth.atlas)")
        }
        let used = Set(cells).sorted()
        let box = CellBox(around: used, of: mouth, in: image)
        guard let box else {
            throw .media(
                file: file.path, found: "drawings without a visible pixel", expected: "mouths on a transparent ground")
        }
        let sprites = used.map { cell in
            let x = cell % mouth.columns * mouth.cellWidth
            let y = cell / mouth.columns * mouth.cellHeight
            return Sprite(image, x: x + box.x, y: y + box.y, width: box.width, height: box.height)
        }
        let spriteOfCell = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
        self.init(
            axes: mouth.axes.map { ($0.name, $0.values.map { Float($0) }) },
            cells: cells.compactMap { spriteOfCell[$0] },
            sprites: sprites, anchorX: mouth.anchor[0] - Double(box.x), anchorY: mouth.anchor[1] - Double(box.y))
    }
}

/// The part of the cells that has anything in it; the rest need not be kept, blended and painted.
private struct CellBox {
    var x: Int
    var y: Int
    var width: Int
    var height: Int

    /// The smallest box on even pixels around what is visible in any of `cells`; nil if nothing is.
    init?(around cells: [Int], of mouth: DrawnManifest.Mouth, in image: RGBAImage) {
        var (left, right, top, bottom) = (mouth.cellWidth, -1, mouth.cellHeight, -1)
        image.pixels.withUnsafeBufferPointer { pixels in
            for cell in cells {
                let cellX = cell % mouth.columns * mouth.cellWidth
                let cellY = cell / mouth.columns * mouth.cellHeight
                for y in 0..<mouth.cellHeight {
                    let row = (cellY + y) * image.width + cellX
                    let isVisible = { (x: Int) in pixels[(row + x) * 4 + 3] != 0 }
                    guard let first = (0..<mouth.cellWidth).first(where: isVisible),
                        let last = (first..<mouth.cellWidth).last(where: isVisible)
                    else { continue }
                    left = min(left, first)
                    right = max(right, last)
                    top = min(top, y)
                    bottom = max(bottom, y)
                }
            }
        }
        guard right >= 0 else { return nil }
        x = left & ~1
        y = top & ~1
        width = (right + 2) & ~1 - x
        height = (bottom + 2) & ~1 - y
    }
}
