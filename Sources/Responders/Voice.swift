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
    /// What brings its speech to the common loudness, -20 dBFS RMS while it speaks; measured, per voice.
    let gain: Float
}
