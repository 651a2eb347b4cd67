/// Some pixels of a square, and what MuseTalk's morphology makes of them.
struct PixelSet {
    /// Width and height of the square.
    let size: Int

    private var members: [Bool]

    init(size: Int, _ isMember: (Int) -> Bool) {
        self.size = size
        members = (0..<(size * size)).map(isMember)
    }

    /// True if the pixel, counted row by row, is one of them.
    func contains(_ index: Int) -> Bool { members[index] }

    /// Adds every pixel that has one of them in its drop: a shape 33 high whose tip is six rows above the pixel; it
    /// widens by one to each side with each row, to 21, and keeps that width for twelve more.
    func dilatedByDrop() -> PixelSet {
        let counts = runningCounts
        return PixelSet(size: size) { index in
            let (x, y) = (index % size, index / size)
            return (-6...16).contains { offset in
                let row = y + offset
                guard (0..<size).contains(row) else { return false }
                let reach = min(offset + 6, 10)
                return counts(row, max(x - reach, 0), min(x + reach, size - 1)) > 0
            }
        }
    }

    /// Keeps those that have all of their cross, within the square: the row above and below, and 17 to each side.
    func erodedByCross() -> PixelSet {
        let counts = runningCounts
        return PixelSet(size: size) { index in
            let (x, y) = (index % size, index / size)
            let (left, right) = (max(x - 17, 0), min(x + 17, size - 1))
            guard counts(y, left, right) == right - left + 1 else { return false }
            return (y == 0 || members[index - size]) && (y == size - 1 || members[index + size])
        }
    }

    /// How many of them lie in a row from one column to another, both included.
    private var runningCounts: (_ row: Int, _ first: Int, _ last: Int) -> Int {
        let (size, stride) = (self.size, self.size + 1)
        var sums = [Int](repeating: 0, count: size * stride)
        for y in 0..<size {
            for x in 0..<size { sums[y * stride + x + 1] = sums[y * stride + x] + (members[y * size + x] ? 1 : 0) }
        }
        return { row, first, last in sums[row * stride + last + 1] - sums[row * stride + first] }
    }
}
