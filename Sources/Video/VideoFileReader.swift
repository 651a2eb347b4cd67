import CFFmpeg
import FFmpeg
public import Foundation

/// Decodes the pictures of a file one after the other: whatever FFmpeg reads comes out as I420, BT.709, limited.
///
/// An odd width or height loses its last column or row. Of a file that breaks off, what is there is read. An
/// instance belongs to one task at a time: it is not `Sendable`.
public final class VideoFileReader {
    /// Width of every picture in pixels, even.
    public let width: Int
    /// Height of every picture in pixels, even.
    public let height: Int
    /// Frames a second on average, as the container has it; 0 if it does not say.
    public let frameRate: Double

    private let file: String
    private let frames: FrameReader
    private let converter: PictureConverter
    private var pictureCount = 0

    /// Opens a file.
    /// - Parameter threads: how many threads may decode.
    /// - Throws: ``VideoFileError`` if it is missing, has no pictures, or they cannot be decoded.
    public init(_ url: URL, threads: Int = 1) throws(VideoFileError) {
        file = url.path
        frames = try FrameReader(pictures: url, threads: threads)
        let parameters = frames.parameters
        width = Int(parameters?.width ?? 0) & ~1
        height = Int(parameters?.height ?? 0) & ~1
        guard (2...8192).contains(width), (2...8192).contains(height) else {
            throw .size(file: url.path, width: Int(parameters?.width ?? 0), height: Int(parameters?.height ?? 0))
        }
        let rate = frames.stream?.pointee.avg_frame_rate ?? AVRational(num: 0, den: 1)
        frameRate = rate.den > 0 ? av_q2d(rate) : 0
        converter = PictureConverter(width: width, height: height, format: AV_PIX_FMT_YUV420P)
    }

    /// The next picture in a buffer of its own; nil at the end.
    /// - Throws: ``VideoFileError/empty(file:)`` if the file ends without a picture,
    ///   ``VideoFileError/undecodable(file:codec:reason:)`` for a pixel format that cannot be converted.
    public func read() throws(VideoFileError) -> PixelBuffer? {
        let picture = PixelBuffer(width: width, height: height)
        return try read(into: picture) ? picture : nil
    }

    /// Decodes the next picture into `picture`, which has the file's size.
    /// - Returns: false, and `picture` unchanged, at the end.
    /// - Throws: what ``read()`` throws.
    public func read(into picture: PixelBuffer) throws(VideoFileError) -> Bool {
        precondition(picture.width == width && picture.height == height)
        guard let frame = frames.next() else {
            if pictureCount == 0 { throw .empty(file: file) }
            return false
        }
        do {
            let chroma = Int32(width / 2)
            try converter.convert(
                frame.pointee, to: [picture.luma.baseAddress, picture.u.baseAddress, picture.v.baseAddress, nil],
                strides: [Int32(width), chroma, chroma, 0])
        } catch {
            throw .undecodable(file: file, codec: "in a pixel format", reason: error.description)
        }
        pictureCount += 1
        return true
    }
}

extension FrameReader {
    /// Opens the pictures of a file.
    convenience init(pictures url: URL, threads: Int = 1) throws(VideoFileError) {
        do {
            try self.init(url, kind: AVMEDIA_TYPE_VIDEO, threads: threads)
        } catch {
            throw switch error {
            case .unreadable(let reason): .unreadable(file: url.path, reason: reason)
            case .noStream: .noPictures(file: url.path)
            case .undecodable(let codec, let reason): .undecodable(file: url.path, codec: codec, reason: reason)
            }
        }
    }
}
