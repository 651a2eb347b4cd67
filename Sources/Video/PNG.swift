import CFFmpeg
import FFmpeg

/// PNG files: posters for the page, pictures to look at when a test fails.
public enum PNG {
    /// The bytes of a PNG file that shows `picture`.
    /// - Throws: ``VideoFileError/notEncodable(reason:)``.
    public static func encode(_ picture: PixelBuffer) throws(VideoFileError) -> [UInt8] {
        do {
            return try encodeRGB(picture)
        } catch {
            throw .notEncodable(reason: error.description)
        }
    }

    /// The bytes of a PNG file with alpha.
    /// - Throws: ``VideoFileError/notEncodable(reason:)``.
    public static func encode(_ image: RGBAImage) throws(VideoFileError) -> [UInt8] {
        do {
            return try encode(width: image.width, height: image.height, format: AV_PIX_FMT_RGBA) { frame in
                for row in 0..<image.height {
                    let source = image.pixels[(row * image.width * 4)..<((row + 1) * image.width * 4)]
                    let destination = frame.data.0?.advanced(by: row * Int(frame.linesize.0))
                    _ = UnsafeMutableBufferPointer(start: destination, count: source.count)
                        .update(fromContentsOf: source)
                }
            }
        } catch {
            throw .notEncodable(reason: error.description)
        }
    }

    private static func encodeRGB(_ picture: PixelBuffer) throws(FFmpegError) -> [UInt8] {
        let source = AVFrame(showing: picture)
        let converter = PictureConverter(width: picture.width, height: picture.height, format: AV_PIX_FMT_RGB24)
        return try encode(width: picture.width, height: picture.height, format: AV_PIX_FMT_RGB24) {
            frame throws(FFmpegError) in
            try converter.convert(
                source, to: [frame.data.0, nil, nil, nil], strides: [frame.linesize.0, 0, 0, 0])
        }
    }

    private static func encode(
        width: Int, height: Int, format: AVPixelFormat, fill: (AVFrame) throws(FFmpegError) -> Void
    ) throws(FFmpegError) -> [UInt8] {
        var context = avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_PNG))
        defer { avcodec_free_context(&context) }
        var frame = av_frame_alloc()
        defer { av_frame_free(&frame) }
        var packet = av_packet_alloc()
        defer { av_packet_free(&packet) }
        guard let context, let frame, let packet else { throw FFmpegError.outOfMemory }

        context.pointee.width = Int32(width)
        context.pointee.height = Int32(height)
        context.pointee.pix_fmt = format
        context.pointee.time_base = AVRational(num: 1, den: 25)
        try FFmpegError.check(avcodec_open2(context, nil, nil))
        frame.pointee.width = Int32(width)
        frame.pointee.height = Int32(height)
        frame.pointee.format = format.rawValue
        try FFmpegError.check(av_frame_get_buffer(frame, 0))
        try fill(frame.pointee)
        try FFmpegError.check(avcodec_send_frame(context, frame))
        try FFmpegError.check(avcodec_send_frame(context, nil))
        try FFmpegError.check(avcodec_receive_packet(context, packet))
        return Array(UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
    }
}
