import TestSupport

/// White noise in -1…1 from a seed.
struct SeededNoise {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func next() -> Float { Float(generator.next() >> 40) / Float(1 << 23) - 1 }
}
