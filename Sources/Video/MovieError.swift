/// Why a film was not written. Each names the file.
public enum MovieError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be created: its folder is missing, or not writable.
    case cannotCreate(file: String, reason: String)
    /// Writing broke off, e.g. because the disk is full.
    case cannotWrite(file: String, reason: String)
    /// FFmpeg was built without an AAC encoder, or it refused the sample rate.
    case noSoundEncoder(file: String, reason: String)
    /// The first frame cannot be decoded by itself.
    case firstFrameIsNoKeyframe(file: String)
    /// There is not one frame.
    case noFrames(file: String)

    /// What was found, and what was expected.
    public var description: String {
        switch self {
        case .cannotCreate(let file, let reason):
            "\(file): cannot be created: \(reason); expected a file name in a folder that can be written to"
        case .cannotWrite(let file, let reason): "\(file): cannot be written: \(reason)"
        case .noSoundEncoder(let file, let reason): "\(file): its sound cannot be compressed to AAC: \(reason)"
        case .firstFrameIsNoKeyframe(let file): "\(file): a film must start with a keyframe"
        case .noFrames(let file): "\(file): a film without a frame"
        }
    }
}
