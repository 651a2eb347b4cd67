import Inference

/// What the network knows of one session: the window that it hears next, and its state.
final class SileroStream {
    /// New samples in a window: 32 ms at ``sampleRate``.
    static let windowLength = 512
    static let sampleRate = 16_000
    /// Samples of the window before that it hears again.
    private static let contextLength = 64

    private let binding: Binding
    private let window: Tensor<Float>
    private let state: Tensor<Float>
    private let nextState: Tensor<Float>
    private let output: Tensor<Float>

    init(_ graph: Graph) throws(InferenceError) {
        binding = try Binding(graph)
        window = try Tensor([1, Self.contextLength + Self.windowLength])
        state = try Tensor([2, 1, 128])
        nextState = try Tensor([2, 1, 128])
        output = try Tensor([1, 1])
        try binding.bind(input: "input", to: window)
        try binding.bind(input: "state", to: state)
        try binding.bind(input: "sr", to: Tensor<Int64>([], [Int64(Self.sampleRate)]))
        try binding.bind(output: "output", to: output)
        try binding.bind(output: "stateN", to: nextState)
    }

    /// Puts the next ``windowLength`` samples into the window, behind the last of those before.
    func fill(from samples: UnsafeBufferPointer<Int16>) {
        window.withElements { window in
            for index in 0..<Self.contextLength { window[index] = window[Self.windowLength + index] }
            for index in 0..<Self.windowLength { window[Self.contextLength + index] = Float(samples[index]) / 32_768 }
        }
    }

    /// How likely it is that somebody speaks in the window.
    func probability() throws(InferenceError) -> Float {
        try binding.run()
        nextState.withElements { next in state.withElements { _ = $0.update(fromContentsOf: next) } }
        return output[0]
    }
}
