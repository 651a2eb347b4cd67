import CFFmpeg
import FFmpeg

/// Lays pictures that can be seen through onto grey: an avatar's frames have no alpha.
final class AlphaFlattener {
    private let converter: PictureConverter
    private let width: Int
    private let height: Int
    /// Red, green, blue, alpha, rows packed.
    private let pixels: UnsafeMutableBufferPointer<UInt8>

    /// What is behind the person, in RGB.
    private static let background = 128

    /// Nil for pictures without alpha.
    init?(for frame: AVFrame) {
        guard let format = av_pix_fmt_desc_get(AVPixelFormat(rawValue: frame.format)),
            format.pointee.flags & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0
        else { return nil }
        width = Int(frame.width)
        height = Int(frame.height)
        converter = PictureConverter(width: width, height: height, format: AV_PIX_FMT_RGBA)
        pixels = .allocate(capacity: width * height * 4)
    }

    deinit { pixels.deallocate() }

    /// The picture without alpha, valid until the next call.
    func flatten(_ source: AVFrame) throws(FFmpegError) -> AVFrame {
        try converter.convert(
            source, to: [pixels.baseAddress, nil, nil, nil], strides: [Int32(width * 4), 0, 0, 0])
        for pixel in stride(from: 0, to: pixels.count, by: 4) {
            let alpha = Int(pixels[pixel + 3])
            for channel in pixel..<(pixel + 3) {
                let mixed = Int(pixels[channel]) * alpha + Self.background * (255 - alpha)
                pixels[channel] = UInt8((mixed + 127) / 255)
            }
        }
        var frame = AVFrame()
        frame.format = AV_PIX_FMT_RGB0.rawValue
        frame.width = Int32(width)
        frame.height = Int32(height)
        frame.color_range = AVCOL_RANGE_JPEG
        frame.data.0 = pixels.baseAddress
        frame.linesize.0 = Int32(width * 4)
        return frame
    }
}
