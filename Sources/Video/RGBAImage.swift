import CFFmpeg
import FFmpeg
public import Foundation

/// An image as artists make it: RGB with straight alpha, 8 bits each, rows packed.
public struct RGBAImage: Sendable, Equatable {
    /// Width in pixels.
    public var width: Int
    /// Height in pixels.
    public var height: Int
    /// Red, green, blue, alpha; `width * height * 4` bytes.
    public var pixels: [UInt8]

    /// Puts the parts together.
    /// - Precondition: `pixels` has `width * height * 4` bytes.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(pixels.count == width * height * 4)
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Reads an image file; what has no alpha becomes opaque.
    /// - Throws: ``VideoFileError``.
    public init(contentsOf url: URL) throws(VideoFileError) {
        let reader = try FrameReader(pictures: url)
        guard let frame = reader.next() else { throw .empty(file: url.path) }
        let width = Int(frame.pointee.width)
        let height = Int(frame.pointee.height)
        let converter = PictureConverter(width: width, height: height, format: AV_PIX_FMT_RGBA)
        var pixels = [UInt8](repeating: 0, count: width * height * 4)
        do {
            try pixels.withUnsafeMutableBufferPointer { pixels throws(FFmpegError) in
                try converter.convert(
                    frame.pointee, to: [pixels.baseAddress, nil, nil, nil], strides: [Int32(width * 4), 0, 0, 0])
            }
        } catch {
            throw .undecodable(file: url.path, codec: "in a pixel format", reason: error.description)
        }
        self.init(width: width, height: height, pixels: pixels)
    }
}
