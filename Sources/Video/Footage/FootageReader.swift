import CFFmpeg
import FFmpeg
public import Foundation

/// Reads what people film, a folder of pictures, or a photo, as frames for an avatar: upright, at a constant rate, with square pixels, no
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
    private let frames: any FootageFrames
    private let orientation: PictureOrientation
    private let flattener: AlphaFlattener?
    private var rate: ConstantRate
    /// The frame that is shown now, and how often it still is.
    private var current: UnsafeMutablePointer<AVFrame>?
    private var repeats = 0
    private var ahead: UnsafeMutablePointer<AVFrame>?
    private var isAtEnd = false

    private let converter: PictureConverter
    private let rgbConverter: PictureConverter
    /// A frame that is scaled, but not turned yet; nil if none has to be turned.
    private let unturned: PixelBuffer?
    private let unturnedRGB: UnsafeMutableBufferPointer<UInt8>

    /// The longer side of frames that are kept as they are. A face fills a third of the picture at least, and the
    /// model repaints it with 256 pixels; more cost time and space that nobody sees.
    public static let longestSide = 1920

    /// Opens a file, or a ``PictureFolder``.
    /// - Parameters:
    ///   - fps: frames a second that are read.
    ///   - longestSide: of the frames, in pixels; larger ones are scaled down.
    ///   - threads: how many threads may decode.
    /// - Throws: ``VideoFileError``.
    public init(
        _ url: URL, fps: Int = 25, longestSide: Int = longestSide, threads: Int = 2
    ) throws(VideoFileError) {
        file = url.path
        frames =
            PictureFolder.exists(at: url)
            ? try FolderFrames(url, threads: threads) : try FrameReader(pictures: url, threads: threads)
        guard let first = try frames.next() else { throw .empty(file: url.path) }
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
        (width, height) = orientation.isTransposed ? (size.height, size.width) : (size.width, size.height)
        // What says nothing was made by FFmpeg, which takes BT.601 for everything; so does MuseTalk's own reader.
        converter = PictureConverter(
            width: size.width, height: size.height, format: AV_PIX_FMT_YUV420P, untaggedMatrix: SWS_CS_ITU601)
        rgbConverter = PictureConverter(
            width: size.width, height: size.height, format: AV_PIX_FMT_RGB24, untaggedMatrix: SWS_CS_ITU601,
            flags: SWS_BICUBIC)
        let isUpright = orientation == .upright
        unturned = isUpright ? nil : PixelBuffer(width: size.width, height: size.height)
        unturnedRGB = .allocate(capacity: isUpright ? 0 : size.width * size.height * 3)
        current = av_frame_alloc()
        flattener = AlphaFlattener(for: first.pointee)
        sourceRate = frames.rate
        duration = frames.seconds
        rate = ConstantRate(fps: Double(fps), usualRate: sourceRate)
    }

    deinit {
        unturnedRGB.deallocate()
        av_frame_free(&current)
    }

    /// Reads the next frame.
    /// - Parameter picture: of the reader's size.
    /// - Returns: false, and `picture` unchanged, at the end.
    /// - Throws: ``VideoFileError/undecodable(file:codec:reason:)`` for a pixel format that cannot be converted.
    public func read(into picture: PixelBuffer) throws(VideoFileError) -> Bool {
        precondition(picture.width == width && picture.height == height)
        return try next { frame throws(FFmpegError) in
            let target = unturned ?? picture
            let chroma = Int32(target.width / 2)
            try converter.convert(
                frame, to: [target.luma.baseAddress, target.u.baseAddress, target.v.baseAddress, nil],
                strides: [Int32(target.width), chroma, chroma, 0])
            guard let unturned else { return }
            lay(unturned.luma, unturned.width, unturned.height, to: picture.luma)
            lay(unturned.u, unturned.width / 2, unturned.height / 2, to: picture.u)
            lay(unturned.v, unturned.width / 2, unturned.height / 2, to: picture.v)
        }
    }

    /// Reads the next frame as red, green, blue, full range: exactly what OpenCV's reader gives, and so what MuseTalk
    /// was trained on. For models; the way from there to a ``PixelBuffer`` would cost one more rounding.
    /// - Parameter rgb: takes width × height × 3 bytes, rows packed.
    /// - Returns: false, and `rgb` unchanged, at the end.
    /// - Throws: as ``read(into:)``.
    public func read(rgb: UnsafeMutableBufferPointer<UInt8>) throws(VideoFileError) -> Bool {
        precondition(rgb.count == width * height * 3)
        return try next { frame throws(FFmpegError) in
            let target = orientation == .upright ? rgb : unturnedRGB
            let rowWidth = orientation.isTransposed ? height : width
            try rgbConverter.convert(
                frame, to: [target.baseAddress, nil, nil, nil], strides: [Int32(rowWidth * 3), 0, 0, 0])
            guard orientation != .upright else { return }
            lay(unturnedRGB, rowWidth, orientation.isTransposed ? width : height, channels: 3, to: rgb)
        }
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

    /// Lends the frame that is shown next; false at the end.
    private func next(_ body: (AVFrame) throws(FFmpegError) -> Void) throws(VideoFileError) -> Bool {
        while repeats == 0 {
            guard !isAtEnd else { return false }
            try advance()
        }
        repeats -= 1
        do {
            let frame = try FFmpegError.check(current).pointee
            try body(try flattener?.flatten(frame) ?? frame)
        } catch {
            throw .undecodable(file: file, codec: "in a pixel format", reason: error.description)
        }
        return true
    }

    /// Makes the frame that was read ahead the current one, and reads on to learn how often it is shown.
    private func advance() throws(VideoFileError) {
        guard let next = ahead else {
            isAtEnd = true
            return
        }
        if rate.isFresh { _ = rate.next(at: frames.time(of: next)) }
        av_frame_unref(current)
        av_frame_move_ref(current, next)
        ahead = try frames.next()
        if let ahead {
            repeats = rate.next(at: frames.time(of: ahead))
        } else {
            repeats = rate.finish()
        }
    }

    private func lay(
        _ source: UnsafeMutableBufferPointer<UInt8>, _ width: Int, _ height: Int, channels: Int = 1,
        to result: UnsafeMutableBufferPointer<UInt8>
    ) {
        guard let source = source.baseAddress, let result = result.baseAddress else { return }
        orientation.lay(source, width: width, height: height, channels: channels, to: result)
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
