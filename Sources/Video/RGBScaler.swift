import CFFmpeg
import FFmpeg

/// Brings pictures to one size in RGB: for what looks at them, not for what is shown.
///
/// An instance belongs to one task at a time: it is not `Sendable`.
public final class RGBScaler {
    /// Width of every result in pixels.
    public let width: Int
    /// Height of every result in pixels.
    public let height: Int

    private let converter: PictureConverter

    /// A scaler to one size.
    /// - Precondition: both are positive.
    public init(width: Int, height: Int) {
        precondition(width > 0 && height > 0)
        self.width = width
        self.height = height
        converter = PictureConverter(width: width, height: height, format: AV_PIX_FMT_RGB24)
    }

    /// Scales a picture.
    /// - Parameters:
    ///   - result: takes red, green, blue, full range, 3 bytes a pixel.
    ///   - stride: bytes from row to row of the result.
    /// - Precondition: `result` has room for `height` rows.
    /// - Throws: ``VideoFileError/notEncodable(reason:)`` if libswscale has no memory.
    public func scale(
        _ picture: PixelBuffer, to result: UnsafeMutableBufferPointer<UInt8>, stride: Int
    ) throws(VideoFileError) {
        precondition(stride >= width * 3 && result.count >= (height - 1) * stride + width * 3)
        do {
            try converter.convert(
                AVFrame(showing: picture), to: [result.baseAddress, nil, nil, nil], strides: [Int32(stride), 0, 0, 0])
        } catch {
            throw .notEncodable(reason: error.description)
        }
    }
}

extension AVFrame {
    /// A picture as FFmpeg sees it; it must outlive the frame.
    init(showing picture: PixelBuffer) {
        self.init()
        let chroma = Int32(picture.width / 2)
        format = AV_PIX_FMT_YUV420P.rawValue
        width = Int32(picture.width)
        height = Int32(picture.height)
        data = (picture.luma.baseAddress, picture.u.baseAddress, picture.v.baseAddress, nil, nil, nil, nil, nil)
        linesize = (Int32(picture.width), chroma, chroma, 0, 0, 0, 0, 0)
    }
}
