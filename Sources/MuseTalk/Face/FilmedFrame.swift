import Avatars
import Foundation

/// A frame of a film that a face graph repaints, whoever's film it is.
struct FilmedFrame {
    /// Where its latents are.
    let film: any LatentSource
    /// Which one.
    let index: Int

    /// One of zeros, over which a graph takes as long as over any other.
    static let blank = FilmedFrame(film: PlainLatents([Float](repeating: 0, count: FilmedFace.latentCount)), index: 0)

    /// What tells it from all others.
    var key: Key { Key(film: film.id, index: index) }

    /// A filmed frame by its number.
    struct Key: Hashable {
        let film: UUID
        let index: Int
    }

    /// Lends its latents: `FilmedFace.latentCount` numbers.
    func withLatents<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = index * FilmedFace.latentCount..<(index + 1) * FilmedFace.latentCount
        return try film.withLatents { all throws(Failure) in
            try body(UnsafeBufferPointer(rebasing: all[range]))
        }
    }
}

/// The latents of a film: a person's that is loaded; ``PlainLatents`` where only speed matters, and in tests.
protocol LatentSource: Sendable {
    /// No other has it, not even the same film that is loaded once more.
    var id: UUID { get }

    /// Lends the latents of all frames, `FilmedFace.latentCount` numbers each.
    func withLatents<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result
}

extension FilmedFace: LatentSource {}

/// Latents that no film has.
final class PlainLatents: LatentSource {
    let id = UUID()
    private let numbers: [Float]

    init(_ numbers: [Float]) { self.numbers = numbers }

    func withLatents<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try numbers.withUnsafeBufferPointer { numbers throws(Failure) in try body(numbers) }
    }
}
