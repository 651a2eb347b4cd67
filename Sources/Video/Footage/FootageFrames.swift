import CFFmpeg
import FFmpeg
import Foundation

/// The frames of footage as they come from the disk.
protocol FootageFrames: AnyObject {
    /// What the container says of the frames.
    var stream: UnsafeMutablePointer<AVStream>? { get }
    /// Frames a second on average; 0 if nothing says.
    var rate: Double { get }
    /// Seconds; nil if nothing says.
    var seconds: Double? { get }

    /// The next frame, valid until the next call; nil at the end.
    func next() throws(VideoFileError) -> UnsafeMutablePointer<AVFrame>?

    /// When a frame is shown, in seconds; nil if nothing says.
    func time(of frame: UnsafePointer<AVFrame>) -> Double?
}

extension FrameReader: FootageFrames {
    var rate: Double {
        let average = stream?.pointee.avg_frame_rate ?? AVRational(num: 0, den: 1)
        return average.den > 0 ? av_q2d(average) : 0
    }
}

/// The pictures of a folder, 25 a second, as MuseTalk takes them.
final class FolderFrames: FootageFrames {
    let rate = 25.0
    let seconds: Double?

    private var rest: ArraySlice<URL>
    private let threads: Int
    /// What holds the frame that was lent last.
    private var picture: FrameReader?
    private var size: (width: Int32, height: Int32)?

    /// Lists a folder.
    /// - Throws: ``VideoFileError`` if it has no pictures.
    init(_ folder: URL, threads: Int) throws(VideoFileError) {
        let files = try PictureFolder(folder).files
        guard !files.isEmpty else { throw .noPicturesInFolder(folder.path) }
        rest = files[...]
        seconds = Double(files.count) / rate
        self.threads = threads
    }

    var stream: UnsafeMutablePointer<AVStream>? { picture?.stream }

    func next() throws(VideoFileError) -> UnsafeMutablePointer<AVFrame>? {
        guard let file = rest.popFirst() else { return nil }
        let picture = try FrameReader(pictures: file, threads: threads)
        guard let frame = picture.next() else { throw .empty(file: file.path) }
        let found = (width: frame.pointee.width, height: frame.pointee.height)
        let expected = size ?? found
        guard found == expected else {
            throw .otherSize(
                file: file.path, width: Int(found.width), height: Int(found.height),
                expected: "\(expected.width)×\(expected.height)")
        }
        size = expected
        self.picture = picture
        return frame
    }

    func time(of frame: UnsafePointer<AVFrame>) -> Double? { nil }
}
