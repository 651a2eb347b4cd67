import CFFmpeg
import FFmpeg

/// Compresses pictures to H.264, one in, one out, without delay (libavcodec with libx264).
///
/// Baseline profile, so that any decoder takes it; no B-frames, no look-ahead, keyframes only where they are asked
/// for, each with its SPS and PPS in band, so that decoding can start there. One thread: sessions run side by side.
/// An instance belongs to one task at a time: it is not `Sendable`.
public final class H264Encoder {
    /// Why pictures cannot be compressed.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// FFmpeg was built without libx264.
        case encoderIsMissing
        /// The settings were refused; in FFmpeg's words.
        case settings(H264Settings, reason: String)
        /// A picture was refused; in FFmpeg's words.
        case picture(reason: String)
        /// A picture of another size than the encoder's.
        case pictureSize(width: Int, height: Int, expected: H264Settings)

        /// What was found, and what was expected.
        public var description: String {
            switch self {
            case .encoderIsMissing:
                "FFmpeg has no libx264 encoder; install Debian's libavcodec-dev, which has it"
            case .settings(let settings, let reason):
                """
                H.264 at \(settings.width)×\(settings.height), \(settings.fps) frames a second, quality \
                \(settings.quality) was refused (\(reason)); expected even sizes up to 8192, quality 0…51
                """
            case .picture(let reason): "a picture could not be compressed: \(reason)"
            case .pictureSize(let width, let height, let expected):
                "a picture of \(width)×\(height) for an encoder of \(expected.width)×\(expected.height)"
            }
        }
    }

    /// What it was made with.
    public let settings: H264Settings

    private var context: UnsafeMutablePointer<AVCodecContext>?
    private var frame: UnsafeMutablePointer<AVFrame>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    private var nextPTS: Int64 = 0

    /// Opens an encoder: some milliseconds and megabytes; see ``H264EncoderPool``.
    /// - Throws: ``Failure``.
    public init(_ settings: H264Settings) throws(Failure) {
        self.settings = settings
        _ = FFmpegError.logIsSilent
        guard let codec = avcodec_find_encoder_by_name("libx264") else { throw .encoderIsMissing }
        guard settings.width.isMultiple(of: 2), settings.height.isMultiple(of: 2),
            (2...8192).contains(settings.width), (2...8192).contains(settings.height), (1...240).contains(settings.fps),
            (0...51).contains(settings.quality)
        else { throw .settings(settings, reason: "out of range") }
        do {
            try open(codec)
        } catch {
            throw .settings(settings, reason: error.description)
        }
    }

    deinit {
        av_packet_free(&packet)
        av_frame_free(&frame)
        avcodec_free_context(&context)
    }

    /// Compresses one picture.
    /// - Parameters:
    ///   - picture: as large as the settings say; it is only read, and not kept.
    ///   - forceKeyframe: makes this an IDR frame. The first frame of an encoder is one anyway.
    /// - Throws: ``Failure/pictureSize(width:height:expected:)`` or ``Failure/picture(reason:)``.
    public func encode(_ picture: PixelBuffer, forceKeyframe: Bool = false) throws(Failure) -> EncodedFrame {
        guard picture.width == settings.width, picture.height == settings.height else {
            throw .pictureSize(width: picture.width, height: picture.height, expected: settings)
        }
        do {
            try send(picture, forceKeyframe: forceKeyframe)
            return try receive()
        } catch {
            throw .picture(reason: error.description)
        }
    }

    private func open(_ codec: UnsafePointer<AVCodec>) throws(FFmpegError) {
        let context = try FFmpegError.check(avcodec_alloc_context3(codec))
        self.context = context
        context.pointee.width = Int32(settings.width)
        context.pointee.height = Int32(settings.height)
        context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
        context.pointee.time_base = AVRational(num: 1, den: Int32(settings.fps))
        context.pointee.framerate = AVRational(num: Int32(settings.fps), den: 1)
        context.pointee.thread_count = 1
        context.pointee.max_b_frames = 0
        // X264_KEYINT_MAX_INFINITE: keyframes come only when they are asked for.
        context.pointee.gop_size = 1 << 30
        context.pointee.color_range = AVCOL_RANGE_MPEG
        context.pointee.color_primaries = AVCOL_PRI_BT709
        context.pointee.color_trc = AVCOL_TRC_BT709
        context.pointee.colorspace = AVCOL_SPC_BT709
        let options = [
            ("preset", settings.effort.rawValue), ("tune", "zerolatency"), ("profile", "baseline"),
            ("crf", "\(settings.quality)"), ("sc_threshold", "0"), ("forced-idr", "1"),
        ]
        for (name, value) in options {
            try FFmpegError.check(av_opt_set(context, name, value, AV_OPT_SEARCH_CHILDREN))
        }
        try FFmpegError.check(avcodec_open2(context, codec, nil))
        frame = try FFmpegError.check(av_frame_alloc())
        packet = try FFmpegError.check(av_packet_alloc())
    }

    private func send(_ picture: PixelBuffer, forceKeyframe: Bool) throws(FFmpegError) {
        let frame = try FFmpegError.check(frame)
        defer { av_frame_unref(frame) }
        frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        frame.pointee.width = Int32(settings.width)
        frame.pointee.height = Int32(settings.height)
        frame.pointee.pts = nextPTS
        frame.pointee.pict_type = forceKeyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE
        nextPTS += 1
        frame.pointee.data.0 = picture.luma.baseAddress
        frame.pointee.data.1 = picture.u.baseAddress
        frame.pointee.data.2 = picture.v.baseAddress
        frame.pointee.linesize.0 = Int32(picture.width)
        frame.pointee.linesize.1 = Int32(picture.width / 2)
        frame.pointee.linesize.2 = Int32(picture.width / 2)
        // Without a reference count libavcodec would copy the picture. The buffer keeps the picture alive for as
        // long as libavcodec holds on to it, which is until the packet is out.
        let owner = Unmanaged.passRetained(picture)
        let buffer = av_buffer_create(
            picture.bytes.baseAddress, picture.bytes.count,
            { owner, _ in owner.map { Unmanaged<PixelBuffer>.fromOpaque($0).release() } }, owner.toOpaque(),
            AV_BUFFER_FLAG_READONLY)
        if buffer == nil { owner.release() }
        frame.pointee.buf.0 = try FFmpegError.check(buffer)
        try FFmpegError.check(avcodec_send_frame(context, frame))
    }

    private func receive() throws(FFmpegError) -> EncodedFrame {
        let packet = try FFmpegError.check(packet)
        defer { av_packet_unref(packet) }
        try FFmpegError.check(avcodec_receive_packet(context, packet))
        let data = Array(UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
        return EncodedFrame(data: data, isKeyframe: packet.pointee.flags & AV_PKT_FLAG_KEY != 0)
    }
}
