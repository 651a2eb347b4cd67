import Foundation
import Video

/// The line along which closed lips meet: the darkest way from one corner of the mouth to the other.
struct LipLine {
    /// Points of it, evenly spaced, without the corners.
    let places: [SIMD2<Double>]
    /// The place in the middle.
    let middle: SIMD2<Double>
    /// False if the mouth is too small, or partly outside of the picture.
    let isFound: Bool

    /// Columns that are looked at, corners included.
    private static let columns = 65
    /// How many of them are kept.
    private static let step = 8
    /// How far above and below the line between the corners is looked for, as a share of its length.
    private static let reach = 0.16
    /// What a row away from the line between the corners costs, in levels of brightness: without it a shadow below the
    /// lower lip would do.
    private static let distanceCost = 1.6
    /// What going up or down by a row costs.
    private static let slopeCost = 3.0

    /// - Parameters:
    ///   - left: one corner, in pixels of the picture.
    ///   - right: the other one.
    init(in picture: PixelBuffer, between left: SIMD2<Double>, and right: SIMD2<Double>) {
        let way = right - left
        let length = (way * way).sum().squareRoot()
        let rows = 2 * Int((Self.reach * length).rounded()) + 1
        let center = (left + right) / 2
        let margin = Self.reach * length + 2
        guard length >= 8, min(left.x, right.x) > 1, max(left.x, right.x) < Double(picture.width) - 2,
            min(left.y, right.y) > margin, max(left.y, right.y) < Double(picture.height) - margin
        else {
            (places, middle, isFound) = ([], center, false)
            return
        }
        let down = SIMD2(-way.y, way.x) / length
        func place(_ column: Int, _ row: Double) -> SIMD2<Double> {
            left + way * (Double(column) / Double(Self.columns - 1)) + down * (row - Double(rows / 2))
        }
        // The cheapest way to each row of each column, and from where.
        var costs = (0..<rows).map { abs(Double($0 - rows / 2)) * 8 }
        var origins: [[Int]] = []
        for column in 1..<Self.columns {
            var next = [Double](repeating: .infinity, count: rows)
            var from = [Int](repeating: 0, count: rows)
            // Lips may curve by more in the middle than near their corners.
            let share = Double(column) / Double(Self.columns - 1)
            let room = max(4 * share * (1 - share), 0.12)
            for row in 0..<rows {
                let offset = abs(Double(row - rows / 2))
                let here = picture.brightness(at: place(column, Double(row))) + Self.distanceCost * offset / room
                for origin in max(0, row - 1)...min(rows - 1, row + 1) {
                    let cost = costs[origin] + here + Self.slopeCost * Double(abs(origin - row))
                    if cost < next[row] { (next[row], from[row]) = (cost, origin) }
                }
            }
            costs = next
            origins.append(from)
        }
        var row = costs.indices.min { costs[$0] < costs[$1] } ?? rows / 2
        var path = [Double](repeating: 0, count: Self.columns)
        for column in stride(from: Self.columns - 1, through: 0, by: -1) {
            path[column] = Double(row)
            if column > 0 { row = origins[column - 1][row] }
        }
        // Single columns of noise are no lips.
        let calm = path.indices.map { index in
            let near = path[max(0, index - 4)...min(path.count - 1, index + 4)]
            return near.reduce(0, +) / Double(near.count)
        }
        places = stride(from: Self.step, to: Self.columns - 1, by: Self.step).map { place($0, calm[$0]) }
        middle = place(Self.columns / 2, calm[Self.columns / 2])
        isFound = true
    }
}

extension PixelBuffer {
    /// Mean luma of three by three pixels around a place that is not at the edge.
    fileprivate func brightness(at place: SIMD2<Double>) -> Double {
        let (column, row) = (Int(place.x), Int(place.y))
        var sum = 0
        for y in max(0, row - 1)...min(height - 1, row + 1) {
            for x in max(0, column - 1)...min(width - 1, column + 1) { sum += Int(luma[y * width + x]) }
        }
        return Double(sum) / 9
    }
}
