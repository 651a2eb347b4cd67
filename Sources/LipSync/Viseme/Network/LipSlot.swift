import Avatars

/// What the network knows of one utterance: what it hears next, what it remembers, and what it has seen last.
///
/// Unchecked: it belongs to its utterance, which leaves it alone from when it is handed to ``LipNetwork`` until the answer
/// comes.
final class LipSlot: @unchecked Sendable {
    /// Hops that a run hears: the first ``context`` of them the run before has heard, too.
    static let hops = 8
    /// See ``hops``.
    static let context = 4
    /// Moments that a run sees, 20 ms apart.
    static let moments = 2
    /// Numbers that are remembered from one run to the next.
    static let memorySize = 2 * 192
    /// Parts of a ``MouthShape``.
    static let partCount = SIMD8<Float>.scalarCount

    private(set) var spectra = [Float](repeating: MelSpectrum.silence, count: hops * MelSpectrum.bandCount)
    private(set) var memory = [Float](repeating: 0, count: memorySize)
    private(set) var parts = [Float](repeating: 0, count: moments * partCount)
    private(set) var visemes = [Float](repeating: 0, count: moments * VisemeWeights.count)

    /// Forgets the oldest hops, and lends the room for as many new ones.
    func hear(hops count: Int, _ write: (_ hop: Int, UnsafeMutableBufferPointer<Float>) -> Void) {
        spectra.withUnsafeMutableBufferPointer { spectra in
            let width = MelSpectrum.bandCount
            let kept = spectra.count - count * width
            for index in 0..<kept { spectra[index] = spectra[index + count * width] }
            for hop in 0..<count {
                let start = kept + hop * width
                write(hop, UnsafeMutableBufferPointer(rebasing: spectra[start..<(start + width)]))
            }
        }
    }

    /// Takes what a run has given.
    func take(
        parts: UnsafeBufferPointer<Float>, visemes: UnsafeBufferPointer<Float>, memory: UnsafeBufferPointer<Float>
    ) {
        self.parts.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: parts) }
        self.visemes.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: visemes) }
        self.memory.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: memory) }
    }

    /// What was seen at one of the moments of the last run.
    func moment(_ index: Int) -> LipMoment {
        var shape = MouthShape()
        for part in 0..<Self.partCount { shape.parts[part] = parts[index * Self.partCount + part] }
        let first = index * VisemeWeights.count
        return LipMoment(shape: shape, visemes: VisemeWeights(visemes[first..<(first + VisemeWeights.count)]))
    }
}
