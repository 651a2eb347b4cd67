/// Why a file gave no pictures. Each names the file, what was found and what was expected.
public enum VideoFileError: Error, Equatable, CustomStringConvertible {
    /// The file is missing, not permitted, or in no format that FFmpeg knows.
    case unreadable(file: String, reason: String)
    /// The file has sound or text, but no pictures.
    case noPictures(file: String)
    /// The folder has no picture in a format that is read.
    case noPicturesInFolder(String)
    /// A picture of a folder has another size than the first.
    case otherSize(file: String, width: Int, height: Int, expected: String)
    /// The pictures are in a codec or a pixel format that cannot be decoded.
    case undecodable(file: String, codec: String, reason: String)
    /// Pictures that are too small or too large to be shown.
    case size(file: String, width: Int, height: Int)
    /// The file has a video stream, but not one picture of it can be decoded.
    case empty(file: String)
    /// PNG files are made by libavcodec; it refused, in its words.
    case notEncodable(reason: String)

    /// What was found, and what was expected.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "\(file): \(reason); expected pictures in a format that FFmpeg reads (MP4, WebM, MOV, PNG, …)"
        case .noPictures(let file): "\(file): has no pictures; expected a video or an image"
        case .noPicturesInFolder(let folder):
            "\(folder): has no pictures; expected PNG or JPEG files, named in the order in which they are shown"
        case .otherSize(let file, let width, let height, let expected):
            "\(file): \(width)×\(height); expected \(expected), as the folder's first picture has"
        case .undecodable(let file, let codec, let reason):
            "\(file): its pictures are \(codec), which cannot be decoded here (\(reason)); convert it to H.264"
        case .size(let file, let width, let height):
            "\(file): pictures of \(width)×\(height); expected 2×2 to 8192×8192"
        case .empty(let file): "\(file): no picture of it can be decoded; the file is empty or damaged"
        case .notEncodable(let reason): "a picture could not be turned into a PNG file: \(reason)"
        }
    }
}
