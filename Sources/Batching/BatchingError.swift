/// Settings of batches that make no sense, and what there is no room for.
public enum BatchingError: Error, Equatable, CustomStringConvertible {
    /// Thresholds of memory use are no increasing shares.
    case thresholds([Double])
    /// There is not one batch size for each stretch between thresholds, or they do not decrease.
    case sizes([Int], thresholds: Int)
    /// Memory would be plenty and short at the same time.
    case guardThresholds(calm: Double, alarm: Double)
    /// A name of a policy that is none.
    case policy(String)
    /// No more can speak at the same time.
    case tooManySpeak(limit: Int, retryAfter: Duration)
    /// No more can be connected, or too many would speak at the same time.
    case tooManyConnected(limit: Int, retryAfter: Duration)

    /// When it is worth trying again; nil where it is not.
    public var retryAfter: Duration? {
        switch self {
        case .tooManySpeak(_, let time), .tooManyConnected(_, let time): time
        default: nil
        }
    }

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .thresholds(let found):
            "`batching.memory_thresholds` is \(found); they are shares above 0 and up to 1, each larger than the one "
                + "before, e.g. [0.7, 0.9]."
        case .sizes(let found, let thresholds):
            "`batching.memory_sizes` is \(found); with \(thresholds) thresholds there are \(thresholds + 1) of them, 1 to "
                + "\(BatchSizes.limit), each smaller than the one before, e.g. [16, 8, 4]."
        case .guardThresholds(let calm, let alarm):
            "`batching.calm_share` is \(calm) and `batching.alarm_share` \(alarm); the first has to be smaller than the "
                + "second."
        case .policy(let name):
            "“\(name)” decides no batch sizes; `adaptive`, `memory`, or `fixed: N` with 1 to \(BatchSizes.limit) does."
        case .tooManySpeak(let limit, let retryAfter):
            "This machine carries \(limit) who speak at the same time, and so many do. Try again in "
                + "\(max(1, retryAfter.components.seconds)) s."
        case .tooManyConnected(let limit, let retryAfter):
            "This machine carries \(limit) sessions, and has so many. Try again in "
                + "\(max(1, retryAfter.components.seconds)) s."
        }
    }
}
