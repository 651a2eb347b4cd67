import Foundation

/// Rows of cells as lines for people, in columns two spaces apart.
enum Columns {
    /// One line a row; all rows have as many cells.
    static func lines(_ rows: [[String]]) -> [String] {
        guard let columns = rows.first?.count, columns > 0 else { return [] }
        let widths = (0..<(columns - 1)).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            // The last column needs no spaces behind it.
            let padded = zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
            return (padded + row.suffix(1)).joined(separator: "  ")
        }
    }
}
