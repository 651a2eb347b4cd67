import CFFmpeg
import FFmpeg

/// Decodes what ``H264Encoder`` has made, one in, one out, without delay.
///
/// An instance belongs to one task at a time: it is not `Sendable`.
public final class H264Decoder {
    /// Why a frame cannot be decoded.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// FFmpeg was built without a decoder for H.264, or it cannot be opened; in FFmpeg's words.
        case cannotOpen(reason: String)
        /// A frame is damaged, or does not follow those before it; in FFmpeg's words.
        case frame(reason: String)

        /// What was found, and what was expected.
        public var description: String {
            switch self {
            case .cannotOpen(let reason):
                "FFmpeg's H.264 decoder cannot be opened (\(reason)); install Debian's libavcodec-dev, which has it"
            case .frame(let reason):
                "a frame cannot be decoded (\(reason)); expected a keyframe, or the one that follows the last"
            }
        }
    }

    private let converter: PictureConverter
    private var context: UnsafeMutablePointer<AVCodecContext>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    private var frame: UnsafeMutablePointer<AVFrame>?

    /// Opens a decoder.
    /// - Parameters:
    ///   - width: of the pictures that it gives, even.
    ///   - height: of the pictures that it gives, even.
    public init(width: Int, height: Int) throws(Failure) {
        _ = FFmpegError.logIsSilent
        converter = PictureConverter(width: width, height: height, format: AV_PIX_FMT_YUV420P)
        guard let codec = avcodec_find_decoder(AV_CODEC_ID_H264) else { throw .cannotOpen(reason: "there is none") }
        do {
            let context = try FFmpegError.check(avcodec_alloc_context3(codec))
            self.context = context
            context.pointee.thread_count = 1
            // No frame waits for another: there are no B-frames.
            context.pointee.flags |= AV_CODEC_FLAG_LOW_DELAY
            try FFmpegError.check(avcodec_open2(context, codec, nil))
            packet = try FFmpegError.check(av_packet_alloc())
            frame = try FFmpegError.check(av_frame_alloc())
        } catch {
            throw .cannotOpen(reason: error.description)
        }
    }

    deinit {
        av_frame_free(&frame)
        av_packet_free(&packet)
        avcodec_free_context(&context)
    }

    /// Decodes a frame.
    /// - Parameters:
    ///   - encoded: a keyframe, or the one after the last that was decoded.
    ///   - picture: becomes the picture; of the decoder's size.
    public func decode(_ encoded: EncodedFrame, into picture: PixelBuffer) throws(Failure) {
        precondition(picture.width.isMultiple(of: 2) && picture.height.isMultiple(of: 2))
        do {
            let (packet, frame) = (try FFmpegError.check(packet), try FFmpegError.check(frame))
            try FFmpegError.check(av_new_packet(packet, Int32(encoded.data.count)))
            defer { av_packet_unref(packet) }
            _ = UnsafeMutableBufferPointer(start: packet.pointee.data, count: encoded.data.count)
                .update(fromContentsOf: encoded.data)
            try FFmpegError.check(avcodec_send_packet(context, packet))
            try FFmpegError.check(avcodec_receive_frame(context, frame))
            defer { av_frame_unref(frame) }
            let chroma = Int32(picture.width / 2)
            try converter.convert(
                frame.pointee, to: [picture.luma.baseAddress, picture.u.baseAddress, picture.v.baseAddress, nil],
                strides: [Int32(picture.width), chroma, chroma, 0])
        } catch {
            throw .frame(reason: error.description)
        }
    }
}
