public import Avatars
public import Batching
public import Inference

/// Which engine moves the lips, and what it is given to work with.
public struct EngineSettings: Sendable, Equatable {
    /// The engines there are, by the names that the command line and the settings know.
    public enum Name: String, Sendable, CaseIterable {
        /// The one that suits the avatar: ``viseme`` for a rigged one, ``musetalk`` for a filmed one.
        case auto
        /// Blends an avatar's drawings; it needs nothing else.
        case viseme
        /// Repaints the mouth of a filmed person with a neural network; it needs a model and ONNX Runtime.
        case musetalk

        /// Whether it can show faces of a kind.
        public func suits(_ kind: Avatar.Kind) -> Bool {
            switch self {
            case .auto: true
            case .viseme: kind == .rigged
            case .musetalk: kind == .filmed
            }
        }
    }

    /// The model of those who name none: the one that the avatar was made for.
    public static let automaticModel = "auto"

    /// The engine.
    public var engine = Name.auto
    /// The model of ``Name/musetalk``: the name of an imported one, the path of a model directory, or
    /// ``automaticModel``.
    public var model = EngineSettings.automaticModel
    /// Where the model runs: one device at least, of which no two share a GPU or a core.
    public var devices = [InferenceDevice.cpu]
    /// Threads of a model on each device of the CPU, 0 for one a core.
    public var threads = 0
    /// The most frames that a model makes in one run, 1…``largestBatch``.
    public var batchSize = 4

    /// How batches are formed.
    public var batching = BatchingSettings()

    /// More would cost memory and gain nothing: a GPU is busy with less.
    public static let largestBatch = BatchSizes.limit

    /// The defaults.
    public init() {}
}
