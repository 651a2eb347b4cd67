/// Which frame's latents lie in which row of a ``LatentBank``.
///
/// A frame that has none gets the next row in turn, but for those that somebody reads, and those that were wanted again
/// since it was their turn last ("second chance"): what is often shown stays.
struct LatentRows {
    private struct Row {
        var frame: FilmedFrame.Key?
        /// Places of batches that read it.
        var readers = 0
        var wasWantedAgain = false
    }

    private var rows: [Row]
    private var places: [FilmedFrame.Key: Int] = [:]
    private var turn = 0

    /// - Parameter count: more than are ever read at the same time.
    init(count: Int) {
        rows = [Row](repeating: Row(), count: count)
        places.reserveCapacity(count)
    }

    /// Finds or gives a frame's row, which stays the frame's until it is released as often as it was taken.
    /// - Returns: the row, and whether its latents are not there yet.
    mutating func take(_ frame: FilmedFrame.Key) -> (row: Int, isNew: Bool) {
        if let row = places[frame] {
            rows[row].readers += 1
            rows[row].wasWantedAgain = true
            return (row, false)
        }
        let row = freeRow()
        if let last = rows[row].frame { places[last] = nil }
        rows[row] = Row(frame: frame, readers: 1)
        places[frame] = row
        return (row, true)
    }

    /// One who took the row reads it no more.
    mutating func release(_ row: Int) { rows[row].readers -= 1 }

    /// What was to be in a new row is not.
    mutating func forget(_ row: Int) {
        if let frame = rows[row].frame { places[frame] = nil }
        rows[row].frame = nil
    }

    private mutating func freeRow() -> Int {
        precondition(rows.contains { $0.readers == 0 }, "all \(rows.count) rows are read")
        while true {
            let row = turn
            turn = (turn + 1) % rows.count
            guard rows[row].readers == 0 else { continue }
            guard rows[row].wasWantedAgain else { return row }
            rows[row].wasWantedAgain = false
        }
    }
}
