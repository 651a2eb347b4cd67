public import Video

/// Why an avatar that MuseTalk or LiveTalking has prepared cannot be taken over. Each names the file, what was found,
/// what was expected and what to do.
public enum MuseTalkFolderError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The path is no folder.
    case noFolder(String)
    /// A file or a folder of a prepared avatar is not there.
    case missing(file: String, purpose: String)
    /// A picture cannot be read; the error names it.
    case picture(VideoFileError)
    /// The avatar's description is not what these programs write.
    case description(file: String, found: String, expected: String)
    /// A list of boxes cannot be read.
    case pickle(file: String, PickleError)
    /// The latents cannot be read.
    case latents(file: String, TorchFileError)
    /// There are not as many of one as of the other, or too many.
    case counts(folder: String, found: String, expected: String)
    /// What belongs to one frame does not fit to the rest. `file` may be a picture.
    case frame(file: String, index: Int, found: String, expected: String)
    /// The latents were made with other weights than those of the model that was named.
    case otherModel(file: String, found: String, expected: String)

    /// What was found, what was expected, and what to do.
    public var description: String {
        switch self {
        case .noFolder(let path):
            """
            \(path): no folder; expected an avatar that MuseTalk has prepared (results/v15/avatars/NAME) or LiveTalking \
            (data/avatars/NAME)
            """
        case .missing(let file, let purpose):
            """
            \(file): missing; expected \(purpose). Where a preparation was interrupted there is none: prepare the avatar \
            again
            """
        case .picture(let error): error.description
        case .description(let file, let found, let expected): "\(file): \(found); expected \(expected)"
        case .pickle(let file, let error): "\(file): \(error)"
        case .latents(let file, let error): "\(file): \(error)"
        case .counts(let folder, let found, let expected): "\(folder): has \(found); expected \(expected)"
        case .otherModel(let file, let found, let expected): "\(file): \(found); expected \(expected)"
        case .frame(let file, let index, let found, let expected):
            "\(file): frame \(index) has \(found); expected \(expected)"
        }
    }
}
