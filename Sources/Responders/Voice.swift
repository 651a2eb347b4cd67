internal import Foundation

/// A voice that reads text aloud.
public struct Voice: Sendable, Equatable {
    /// The name by which sessions and the command line choose it.
    public let name: String
    /// What it speaks, a BCP 47 tag, e.g. `en-US`, `cmn`.
    public let language: String
    /// A few words for people.
    public let description: String
    /// Which library speaks: `flite` or `espeak-ng`.
    public let engine: String

    /// The writing system that it reads.
    let script: WritingSystem
    /// The library's own name for it.
    let engineVoice: String
    /// How loud the library speaks with it, in dBFS (RMS while it speaks); measured.
    let level: Float

    /// What brings it to the loudness that all voices have in common.
    var gain: Float { pow(10, (Self.commonLevel - level) / 20) }

    /// In dBFS; the peaks of speech are some 15 dB higher.
    private static let commonLevel: Float = -19
}
