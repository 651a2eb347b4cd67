import Foundation
public import Inference

/// The trained network that reads lips off speech (`training/`, docs/lip-sync.md), loaded once for all who speak.
///
/// What several utterances ask at the same time is answered in one run: whoever asks while the network runs waits for that
/// run, and goes into the next one with all the others. A run takes some tens of microseconds, on a thread of its own.
public actor LipNetwork {
    /// Utterances in one run at most.
    static let largestBatch = 32

    /// What is asked, and who waits for it.
    fileprivate struct Question {
        let slot: LipSlot
        let answer: CheckedContinuation<Result<Void, InferenceError>, Never>
    }

    private let queue = InferenceQueue("lips")
    /// Graphs block their thread, which must be none of Swift's own.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let graph: Graph
    /// Made when a batch of that size is first needed: index 0 for one utterance.
    private var batches = [LipBatch?](repeating: nil, count: largestBatch)
    private var questions: [Question] = []
    /// Those that are being answered. They keep the memory that they have had.
    private var answered: [Question] = []

    /// Loads the network that comes with Visavis.
    /// - Throws: ``InferenceError``, where ONNX Runtime is missing for instance.
    public init() throws(InferenceError) {
        // Some milliseconds: not worth a thread of its own.
        try self.init(Self.file.path)
    }

    /// - Parameter path: an `.onnx` file that training/train.py has written.
    /// - Throws: ``InferenceError``, also where the graph is another one.
    public init(_ path: String) throws(InferenceError) {
        // A run is far too little work for several threads to share.
        var options = Graph.Options(threads: 1)
        options.spins = false
        graph = try Graph(path, device: .cpu, options: options, runtime: .shared())
        batches[0] = try LipBatch(graph, size: 1)
    }

    /// The network that comes with Visavis. Its manifest, `lips.json` beside it, says how it was made and how good it is.
    static var file: URL {
        (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appending(path: "Model/lips.onnx")
    }

    /// Has the network hear what is in a slot.
    func read(_ slot: LipSlot) async throws(InferenceError) {
        let outcome = await withCheckedContinuation { answer in
            questions.append(Question(slot: slot, answer: answer))
            // It comes after all that have asked meanwhile.
            if questions.count == 1 { Task { self.answerAll() } }
        }
        try outcome.get()
    }

    private func answerAll() {
        swap(&answered, &questions)
        for start in stride(from: 0, to: answered.count, by: Self.largestBatch) {
            let asked = answered[start..<min(start + Self.largestBatch, answered.count)]
            let outcome = Result { () throws(InferenceError) in try batch(of: asked.count).run(asked) }
            for question in asked { question.answer.resume(returning: outcome) }
        }
        answered.removeAll(keepingCapacity: true)
    }

    private func batch(of size: Int) throws(InferenceError) -> LipBatch {
        if let known = batches[size - 1] { return known }
        let batch = try LipBatch(graph, size: size)
        batches[size - 1] = batch
        return batch
    }
}

/// Memory for runs of one size, bound to the graph.
private final class LipBatch {
    private let binding: Binding
    private let spectra: Tensor<Float>
    private let memory: Tensor<Float>
    private let nextMemory: Tensor<Float>
    private let parts: Tensor<Float>
    private let visemes: Tensor<Float>

    init(_ graph: Graph, size: Int) throws(InferenceError) {
        binding = try Binding(graph)
        spectra = try Tensor([size, LipSlot.hops, MelSpectrum.bandCount])
        memory = try Tensor([size, LipSlot.memorySize])
        nextMemory = try Tensor([size, LipSlot.memorySize])
        parts = try Tensor([size, LipSlot.moments, LipSlot.partCount])
        visemes = try Tensor([size, LipSlot.moments, VisemeWeights.count])
        try binding.bind(input: "spectra", to: spectra)
        try binding.bind(input: "memory", to: memory)
        try binding.bind(output: "parts", to: parts)
        try binding.bind(output: "visemes", to: visemes)
        try binding.bind(output: "next_memory", to: nextMemory)
    }

    /// Runs the graph for as many utterances as the batch has room for.
    func run(_ questions: ArraySlice<LipNetwork.Question>) throws(InferenceError) {
        for (index, question) in questions.enumerated() {
            spectra.row(index, of: questions.count) { _ = $0.update(fromContentsOf: question.slot.spectra) }
            memory.row(index, of: questions.count) { _ = $0.update(fromContentsOf: question.slot.memory) }
        }
        try binding.run()
        for (index, question) in questions.enumerated() {
            parts.row(index, of: questions.count) { parts in
                visemes.row(index, of: questions.count) { visemes in
                    nextMemory.row(index, of: questions.count) { memory in
                        question.slot.take(
                            parts: UnsafeBufferPointer(parts), visemes: UnsafeBufferPointer(visemes),
                            memory: UnsafeBufferPointer(memory))
                    }
                }
            }
        }
    }
}

extension Tensor {
    /// Lends one of the entries of the outermost axis.
    fileprivate func row(_ index: Int, of rows: Int, _ body: (UnsafeMutableBufferPointer<Element>) -> Void) {
        withElements { elements in
            let length = elements.count / rows
            body(UnsafeMutableBufferPointer(rebasing: elements[(index * length)..<((index + 1) * length)]))
        }
    }
}
