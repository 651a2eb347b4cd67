/// What a graph of a MuseTalk model is for; the raw value is its name in the manifest.
public enum GraphRole: String, CaseIterable, Sendable {
    /// A 30 s window of sound to Whisper's hidden states.
    case speech
    /// The same as the sound arrives: a video frame's part of it, with what was heard before.
    case speechStep = "speech_step"
    /// What a window holds, for that, where nothing has been heard yet.
    case speechSilence = "speech_silence"
    /// An avatar's latents and the conditioning of speech to pixels.
    case face
    /// Pixels of a face to an avatar's latents.
    case encoder
}

extension GraphRole {
    /// The ports that the program binds: inputs, then outputs.
    ///
    /// A graph with others comes from another version of Visavis.
    var ports: (inputs: [String], outputs: [String]) {
        switch self {
        case .speech: (["samples"], ["states", "mel"])
        case .speechStep: (["samples", "peak", "start"] + Self.caches, ["states", "next_peak"] + Self.nextCaches)
        case .speechSilence: (["peak", "start"] + Self.caches, Self.nextCaches)
        case .face: (["latents", "frames", "conditioning"], ["image", "finite"])
        case .encoder: (["image"], ["latents"])
        }
    }

    /// Keys and values of the four layers of Whisper's encoder.
    private static let caches = (0..<4).flatMap { ["keys_\($0)", "values_\($0)"] }
    private static let nextCaches = caches.map { "next_\($0)" }
}
