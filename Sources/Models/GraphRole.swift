/// What a graph of a MuseTalk model is for; the raw value is its name in the manifest.
public enum GraphRole: String, CaseIterable, Sendable {
    /// A 30 s window of sound to Whisper's hidden states.
    case speech
    /// The same as the sound arrives.
    case speechStep = "speech_step"
    /// An avatar's latents and the conditioning of speech to pixels.
    case face
    /// Pixels of a face to an avatar's latents.
    case encoder
}

extension GraphRole {
    /// The ports that the program binds: inputs, then outputs. Nil where the graph's own version decides.
    ///
    /// A graph with others comes from another version of Visavis.
    var ports: (inputs: [String], outputs: [String])? {
        switch self {
        case .speech: (["samples"], ["states", "mel"])
        case .speechStep: nil
        case .face: (["latents", "frames", "conditioning"], ["image", "finite"])
        case .encoder: (["image"], ["latents"])
        }
    }
}
