import Foundation
import Video

/// A small good bundle, written to a temporary folder, to be broken in every way by the tests.
///
/// 64 × 48 pixels, 23 frames (the last run of the idle clip is short), a grid of 3 × 3 × 2 × 1 drawings of 16 × 12, each
/// one grey, so that a blend can be told from its brightness.
final class TinyBundle {
    static let frames = 23
    static let columns = 4
    static let cellWidth = 16
    static let cellHeight = 12
    static let apertures: [Float] = [-1, 0, 1]
    static let spreads: [Float] = [-1, 0, 1]

    let folder: URL

    private let ownParent: URL?

    /// Writes the bundle.
    /// - Parameter id: its id, and its folder's name.
    init(id: String = "tiny", in parent: URL? = nil) throws {
        let temporary = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString)")
        ownParent = parent == nil ? temporary : nil
        folder = (parent ?? temporary).appending(path: id)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try writeClip(frames: Self.frames)
        try Data(PNG.encode(Self.atlas)).write(to: file("mouth.png"))
        try writeManifest(Self.manifest(id: id))
    }

    deinit { try? FileManager.default.removeItem(at: ownParent ?? folder) }

    func file(_ name: String) -> URL { folder.appending(path: name) }

    /// The brightness (R = G = B) of cell `number`.
    static func grey(ofCell number: Int) -> UInt8 { UInt8(20 + number * 12) }

    /// Where the mouth's anchor lies in frame `index`.
    static func anchor(_ index: Int) -> [Double] { [32 + Double(index % 5), 24, 1, 0] }

    /// Eighteen cells, each an opaque grey rectangle with a transparent rim of two pixels.
    static var atlas: RGBAImage {
        let rows = 5
        let (width, height) = (columns * cellWidth, rows * cellHeight)
        var pixels = [UInt8](repeating: 0, count: width * height * 4)
        for y in 0..<height {
            for x in 0..<width {
                let cell = y / cellHeight * columns + x / cellWidth
                let (cellX, cellY) = (x % cellWidth, y % cellHeight)
                guard (2..<(cellWidth - 2)).contains(cellX), (2..<(cellHeight - 2)).contains(cellY) else { continue }
                let index = (y * width + x) * 4
                for channel in 0..<3 { pixels[index + channel] = grey(ofCell: cell) }
                pixels[index + 3] = 255
            }
        }
        return RGBAImage(width: width, height: height, pixels: pixels)
    }

    static func manifest(id: String) -> [String: Any] {
        [
            "format": 1, "id": id, "name": "Tiny", "license": "Apache-2.0", "width": 64, "height": 48, "fps": 25,
            "clip": "clip.mp4", "frames": frames,
            "mouth": [
                "atlas": "mouth.png", "columns": columns, "cell_width": cellWidth, "cell_height": cellHeight,
                "anchor": [8.0, 6.0],
                "axes": [
                    ["name": "aperture", "values": apertures], ["name": "spread", "values": spreads],
                    ["name": "teeth", "values": [0, 1]], ["name": "tongue", "values": [0]],
                ] as [[String: Any]],
                "cells": Array(0..<18),
            ] as [String: Any],
            "anchors": (0..<frames).map(anchor),
        ]
    }

    func writeManifest(_ manifest: [String: Any]) throws {
        try JSONSerialization.data(withJSONObject: manifest).write(to: file("avatar.json"))
    }

    /// Writes the manifest with one value changed, or left out.
    /// - Parameter path: keys and indices, e.g. `mouth.axes.0.name`.
    func change(_ path: String, to value: Any?) throws {
        let keys = path.split(separator: ".").map(String.init)
        try writeManifest(Self.changed(Self.manifest(id: "tiny"), keys[...], to: value) as? [String: Any] ?? [:])
    }

    private static func changed(_ node: Any, _ keys: ArraySlice<String>, to value: Any?) -> Any {
        guard let key = keys.first else { return node }
        let isLast = keys.count == 1
        if var object = node as? [String: Any] {
            object[key] = isLast ? value : changed(object[key] ?? [:], keys.dropFirst(), to: value)
            return object
        }
        if var list = node as? [Any], let index = Int(key) {
            list[index] = isLast ? value ?? NSNull() : changed(list[index], keys.dropFirst(), to: value)
            return list
        }
        return node
    }

    /// Writes a clip in which something moves.
    func writeClip(frames: Int, width: Int = 64, height: Int = 48, fps: Int = 25) throws {
        let settings = H264Settings(width: width, height: height, fps: fps, quality: 16)
        let encoder = try H264Encoder(settings)
        let movie = try MovieWriter(file("clip.mp4"), settings)
        let picture = PixelBuffer(width: width, height: height)
        for index in 0..<frames {
            // A bar that sways and comes back: the clip loops.
            let sway = Int(6 * sin(2 * Double.pi * Double(index) / Double(frames)))
            for y in 0..<height {
                for x in 0..<width {
                    picture.luma[y * width + x] = abs(x - width / 2 - sway) < 4 ? 180 : UInt8(60 + x / 2)
                }
            }
            try movie.append(encoder.encode(picture))
        }
        try movie.finish()
    }
}
