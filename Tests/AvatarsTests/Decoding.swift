import Video

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
