import CFFmpeg
import FFmpeg
public import Foundation

/// Reads what people film, or a photo, as frames for an avatar: upright, at a constant rate, with square pixels, no
/// larger than is of use; I420, BT.709, limited.
///
/// Of a film with an alpha channel, what can be seen through becomes grey. Of a file that breaks off, what is there is
/// read. An instance belongs to one task at a time: it is not `Sendable`.
public final class FootageReader {
    /// Width of every frame in pixels, even.
    public let width: Int
    /// Height of every frame in pixels, even.
    public let height: Int
    /// What the file has, before it is turned upright: for messages.
    public let sourceSize: (width: Int, height: Int)
    /// Frames a second on average, as the file has it; 0 if it does not say.
    public let sourceRate: Double
    /// Seconds, as the file has it; nil if it does not say, as a photo does not.
    public let duration: Double?
    /// True if frames are smaller than in the file.
    public let isScaledDown: Bool

    private let file: String
    private let frames: FrameReader
    private let orientation: PictureOrientation
    private let converter: PictureConverter
    private let flattener: AlphaFlattener?
    private var rate: ConstantRate
    /// The frame that is shown now, and how often it still is.
    private let picture: PixelBuffer
    /// As in the file: scaled, but not turned.
    private let unturned: PixelBuffer
    private var repeats = 0
    private var ahead: UnsafeMutablePointer<AVFrame>?
    private var isAtEnd = false

    /// The longer side of frames that are kept as they are. A face fills a third of the picture at least, and the
    /// model repaints it with 256 pixels; more cost time and space that nobody sees.
    public static let longestSide = 1920

    /// Opens a file.
    /// - Parameters:
    ///   - fps: frames a second that are read.
    ///   - longestSide: of the frames, in pixels; larger ones are scaled down.
    ///   - threads: how many threads may decode.
    /// - Throws: ``VideoFileError``.
    public init(
        _ url: URL, fps: Int = 25, longestSide: Int = longestSide, threads: Int = 2
    ) throws(VideoFileError) {
        file = url.path
        frames = try FrameReader(pictures: url, threads: threads)
        guard let first = frames.next() else { throw .empty(file: url.path) }
        if let stream = frames.stream, stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC != 0 {
            throw .noPictures(file: url.path)
        }
        ahead = first
        sourceSize = (Int(first.pointee.width), Int(first.pointee.height))
        orientation = PictureOrientation(of: first, in: frames.stream)
        let size = FootageSize(of: first.pointee, longestSide: longestSide)
        guard size.width >= 16, size.height >= 16 else {
            throw .size(file: url.path, width: sourceSize.width, height: sourceSize.height)
        }
        isScaledDown = size.isScaledDown
        unturned = PixelBuffer(width: size.width, height: size.height)
        (width, height) = orientation.isTransposed ? (size.height, size.width) : (size.width, size.height)
        picture = PixelBuffer(width: width, height: height)
        // What says nothing was made by FFmpeg, which takes BT.601 for everything; so does MuseTalk's own reader.
        converter = PictureConverter(
            width: size.width, height: size.height, format: AV_PIX_FMT_YUV420P, untaggedMatrix: SWS_CS_ITU601)
        flattener = AlphaFlattener(for: first.pointee)
        let average = frames.stream?.pointee.avg_frame_rate ?? AVRational(num: 0, den: 1)
        sourceRate = average.den > 0 ? av_q2d(average) : 0
        duration = frames.seconds
        rate = ConstantRate(fps: Double(fps), usualRate: sourceRate)
    }

    /// Reads the next frame.
    /// - Parameter destination: of the reader's size.
    /// - Returns: false, and `destination` unchanged, at the end.
    /// - Throws: ``VideoFileError/undecodable(file:codec:reason:)`` for a pixel format that cannot be converted.
    public func read(into destination: PixelBuffer) throws(VideoFileError) -> Bool {
        while repeats == 0 {
            guard !isAtEnd else { return false }
            try advance()
        }
        repeats -= 1
        destination.copy(from: picture)
        return true
    }

    /// Leaves out frames, without converting them.
    /// - Returns: how many were left out: fewer than `count` at the end.
    public func skip(_ count: Int) throws(VideoFileError) -> Int {
        var skipped = 0
        while skipped < count {
            if repeats == 0 {
                guard !isAtEnd else { break }
                try advance()
            }
            let step = min(repeats, count - skipped)
            repeats -= step
            skipped += step
        }
        return skipped
    }

    /// Makes the frame that was read ahead the current one, and reads on to learn how often it is shown.
    private func advance() throws(VideoFileError) {
        guard let current = ahead else {
            isAtEnd = true
            return
        }
        if rate.isFresh { _ = rate.next(at: frames.time(of: current)) }
        do {
            try convert(current)
        } catch {
            throw .undecodable(file: file, codec: "in a pixel format", reason: error.description)
        }
        ahead = frames.next()
        if let ahead {
            repeats = rate.next(at: frames.time(of: ahead))
        } else {
            repeats = rate.finish()
            isAtEnd = repeats == 0
        }
    }

    private func convert(_ frame: UnsafeMutablePointer<AVFrame>) throws(FFmpegError) {
        let isUpright = orientation == .upright
        let target = isUpright ? picture : unturned
        let chroma = Int32(target.width / 2)
        let opaque = try flattener?.flatten(frame.pointee) ?? frame.pointee
        try converter.convert(
            opaque, to: [target.luma.baseAddress, target.u.baseAddress, target.v.baseAddress, nil],
            strides: [Int32(target.width), chroma, chroma, 0])
        guard !isUpright else { return }
        let planes = [
            (unturned.luma, picture.luma, 1), (unturned.u, picture.u, 2), (unturned.v, picture.v, 2),
        ]
        for case let (source, result, part) in planes {
            guard let source = source.baseAddress, let result = result.baseAddress else { continue }
            orientation.lay(source, width: unturned.width / part, height: unturned.height / part, to: result)
        }
    }
}

/// The size of frames that a file's frames become.
struct FootageSize: Equatable {
    var width: Int
    var height: Int
    var isScaledDown: Bool

    init(of frame: AVFrame, longestSide: Int) {
        let aspect = frame.sample_aspect_ratio
        let stretch = aspect.num > 0 && aspect.den > 0 ? av_q2d(aspect) : 1
        self.init(
            width: Int(frame.width), height: Int(frame.height), pixelAspect: stretch, longestSide: longestSide)
    }

    /// - Parameter pixelAspect: width of a pixel by its height.
    init(width: Int, height: Int, pixelAspect: Double, longestSide: Int) {
        let isPlausible = (0.1...10).contains(pixelAspect)
        let shown = Double(width) * (isPlausible ? pixelAspect : 1)
        let scale = min(1, Double(longestSide) / max(shown, Double(height)))
        isScaledDown = scale < 1
        // An odd size loses its last column or row.
        self.width = Int((shown * scale).rounded()) & ~1
        self.height = Int((Double(height) * scale).rounded()) & ~1
    }
}
