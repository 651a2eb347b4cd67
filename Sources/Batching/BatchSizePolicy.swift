/// Who decides how many frames go into a batch.
public enum BatchSizePolicy: Sendable, Equatable {
    /// So many, or as many as wait, whatever it means for deadlines. To compare with.
    case fixed(Int)
    /// As many as the share of memory in use allows.
    case memory(MemorySteps)
    /// No more than are needed to keep up, at any time as many as still meet every deadline: small batches, which
    /// answer sooner, while there is little to do; large ones, which do more a second, when there is much.
    case adaptive

    /// The most frames in a batch.
    /// - Parameter memoryShare: of the device's memory that is in use, 0…1; nil where it is not known.
    func limit(memoryShare: Double?) -> Int? {
        switch self {
        case .fixed(let size): size
        case .memory(let steps): steps.size(atShare: memoryShare ?? 0)
        case .adaptive: nil
        }
    }
}

/// Batch sizes by the share of memory in use: while it is below `thresholds[i]`, `sizes[i]`; above all of them the last
/// size.
public struct MemorySteps: Sendable, Equatable {
    /// Increasing, each above 0 and at most 1.
    public let thresholds: [Double]
    /// One more than there are thresholds, decreasing, each 1 or more.
    public let sizes: [Int]

    /// 16 below 70 %, 8 below 90 %, else 4.
    public static let standard = MemorySteps(uncheckedThresholds: [0.7, 0.9], sizes: [16, 8, 4])

    /// - Throws: ``BatchingError`` if they are out of order or out of range.
    public init(thresholds: [Double], sizes: [Int]) throws(BatchingError) {
        guard thresholds.allSatisfy({ $0 > 0 && $0 <= 1 }), zip(thresholds, thresholds.dropFirst()).allSatisfy(<) else {
            throw .thresholds(thresholds)
        }
        guard sizes.count == thresholds.count + 1, sizes.allSatisfy({ 1...BatchSizes.limit ~= $0 }),
            zip(sizes, sizes.dropFirst()).allSatisfy(>)
        else { throw .sizes(sizes, thresholds: thresholds.count) }
        self.init(uncheckedThresholds: thresholds, sizes: sizes)
    }

    private init(uncheckedThresholds thresholds: [Double], sizes: [Int]) {
        self.thresholds = thresholds
        self.sizes = sizes
    }

    /// The size for a share of memory.
    func size(atShare share: Double) -> Int {
        sizes[thresholds.firstIndex { share < $0 } ?? thresholds.count]
    }
}

extension BatchSizes {
    /// The largest batch that anybody may ask for: more costs memory and gains nothing.
    public static let limit = 64
}
