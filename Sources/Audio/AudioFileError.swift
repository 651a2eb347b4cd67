/// Why a file gave no speech. Each names the file, what was found and what was expected.
public enum AudioFileError: Error, Equatable, CustomStringConvertible {
    /// The file is missing, not permitted, or in no format that FFmpeg knows.
    case unreadable(file: String, reason: String)
    /// The file has pictures or text, but no sound.
    case noSound(file: String)
    /// The sound is in a codec that cannot be decoded.
    case undecodable(file: String, codec: String, reason: String)
    /// The sound has a sample rate, in Hz, that is not one of ``Resampler/rates``.
    case sampleRate(file: String, found: Int)
    /// The file has a sound stream, but not one sample of it can be decoded.
    case empty(file: String)

    /// What was found, and what was expected.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file): \(reason); expected a recording in a format that FFmpeg reads (WAV, MP3, M4A, Ogg, FLAC, …)"
        case .noSound(let file):
            "\(file): has no sound; expected a recording"
        case .undecodable(let file, let codec, let reason):
            "\(file): its sound is \(codec), which cannot be decoded here (\(reason)); convert it to WAV"
        case .sampleRate(let file, let found):
            "\(file): its sample rate is \(found) Hz; expected \(Resampler.rates.lowerBound)…\(Resampler.rates.upperBound)"
                + " Hz; convert it to WAV"
        case .empty(let file):
            "\(file): no sample of its sound can be decoded; the file is empty or damaged"
        }
    }
}
