import Foundation
import Video

/// Decodes access units, as a player would that starts with the first of them.
func decode(_ frames: some Sequence<EncodedFrame>) throws -> [PixelBuffer] {
    let file = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString).h264")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(frames.flatMap(\.data)).write(to: file)
    let reader = try VideoFileReader(file)
    var pictures: [PixelBuffer] = []
    while let picture = try reader.read() { pictures.append(picture) }
    return pictures
}

extension PixelBuffer {
    /// The luma of a part of the picture, row by row.
    func cut(_ part: (columns: Range<Int>, rows: Range<Int>)) -> [UInt8] {
        part.rows.flatMap { row in
            luma[(row * width + part.columns.lowerBound)..<(row * width + part.columns.upperBound)]
        }
    }

    /// The mean absolute difference of the luma, in steps of 255.
    func lumaDifference(to other: PixelBuffer) -> Double {
        let (mine, theirs) = (luma, other.luma)
        var sum = 0
        for index in mine.indices { sum += abs(Int(mine[index]) - Int(theirs[index])) }
        return Double(sum) / Double(mine.count)
    }
}
