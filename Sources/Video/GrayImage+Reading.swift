import CFFmpeg
import FFmpeg
public import Foundation

extension GrayImage {
    /// Reads an image file. What has one channel is taken as it is; of colours the luminance is.
    /// - Throws: ``VideoFileError``.
    public init(contentsOf url: URL) throws(VideoFileError) {
        let reader = try FrameReader(pictures: url)
        guard let frame = reader.next() else { throw .empty(file: url.path) }
        let width = Int(frame.pointee.width)
        let height = Int(frame.pointee.height)
        guard (1...8192).contains(width), (1...8192).contains(height) else {
            throw .size(file: url.path, width: width, height: height)
        }
        self.init(width: width, height: height)
        if frame.pointee.format == AV_PIX_FMT_GRAY8.rawValue {
            // No conversion: libswscale would stretch the range of a file that does not say which it has.
            pixels.withUnsafeMutableBufferPointer { pixels in
                for row in 0..<height {
                    guard let source = frame.pointee.data.0?.advanced(by: row * Int(frame.pointee.linesize.0)) else {
                        return
                    }
                    pixels.baseAddress?.advanced(by: row * width).update(from: source, count: width)
                }
            }
            return
        }
        let converter = PictureConverter(width: width, height: height, format: AV_PIX_FMT_GRAY8)
        do {
            try pixels.withUnsafeMutableBufferPointer { pixels throws(FFmpegError) in
                try converter.convert(
                    frame.pointee, to: [pixels.baseAddress, nil, nil, nil], strides: [Int32(width), 0, 0, 0])
            }
        } catch {
            throw .undecodable(file: url.path, codec: "in a pixel format", reason: error.description)
        }
    }
}
