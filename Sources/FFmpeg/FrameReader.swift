package import CFFmpeg
package import Foundation

/// Decodes one stream, sound or picture, of a media file frame by frame.
///
/// Damaged packets are skipped, and a file that breaks off ends there, as in every player: what can be decoded is.
package final class FrameReader {
    /// Why a file cannot be read at all.
    package enum Failure: Error, Equatable {
        /// The file is missing, not permitted or in no format that FFmpeg knows; in FFmpeg's words.
        case unreadable(reason: String)
        /// The file has no stream of the wanted kind.
        case noStream
        /// This FFmpeg cannot decode the codec.
        case undecodable(codec: String, reason: String)
    }

    private var format: UnsafeMutablePointer<AVFormatContext>?
    private var decoder: UnsafeMutablePointer<AVCodecContext>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    private var frame: UnsafeMutablePointer<AVFrame>?
    private var streamIndex: Int32 = -1
    private var isDraining = false

    /// Opens `file` and the decoder of its best stream of `kind`.
    /// - Parameter threads: how many threads may decode; 1 keeps small files cheap.
    package init(_ file: URL, kind: AVMediaType, threads: Int = 1) throws(Failure) {
        _ = FFmpegError.logIsSilent
        do {
            try open(file)
        } catch {
            throw .unreadable(reason: error.description)
        }
        var codec: UnsafePointer<AVCodec>?
        streamIndex = av_find_best_stream(format, kind, -1, -1, &codec, 0)
        guard let stream else { throw .noStream }
        let name = String(cString: avcodec_get_name(stream.pointee.codecpar.pointee.codec_id))
        guard let codec else { throw .undecodable(codec: name, reason: "this FFmpeg has no decoder for it") }
        do {
            try open(codec, of: stream, threads: threads)
        } catch {
            throw .undecodable(codec: name, reason: error.description)
        }
    }

    deinit {
        av_frame_free(&frame)
        av_packet_free(&packet)
        avcodec_free_context(&decoder)
        avformat_close_input(&format)
    }

    /// The stream that is decoded; nil only before it is found.
    package var stream: UnsafeMutablePointer<AVStream>? {
        guard streamIndex >= 0, let format else { return nil }
        return format.pointee.streams[Int(streamIndex)]
    }

    /// What the container says of the stream: codec, size or sample rate.
    package var parameters: AVCodecParameters? { stream?.pointee.codecpar.pointee }

    /// Seconds that the file says it lasts; nil if it does not say.
    package var seconds: Double? {
        guard let duration = format?.pointee.duration, duration > 0 else { return nil }
        return Double(duration) / Double(AV_TIME_BASE)
    }

    /// When a frame is shown, in seconds; nil if neither it nor its place in the file says.
    package func time(of frame: UnsafePointer<AVFrame>) -> Double? {
        guard let stream, frame.pointee.best_effort_timestamp != Int64.min else { return nil }
        return Double(frame.pointee.best_effort_timestamp) * av_q2d(stream.pointee.time_base)
    }

    /// The next frame, valid until the next call; nil at the end of the file.
    package func next() -> UnsafeMutablePointer<AVFrame>? {
        let again = visavis_averror(EAGAIN)
        while true {
            let status = avcodec_receive_frame(decoder, frame)
            if status >= 0 { return frame }
            // EAGAIN: it wants a packet. Any other failure while packets are left: that packet was damaged.
            if status != again && isDraining || status == visavis_averror_eof() { return nil }
            feed()
        }
    }

    /// Gives the decoder the stream's next packet, or tells it that there is none.
    private func feed() {
        while av_read_frame(format, packet) >= 0 {
            defer { av_packet_unref(packet) }
            guard let packet, packet.pointee.stream_index == streamIndex else { continue }
            if avcodec_send_packet(decoder, packet) >= 0 { return }
        }
        isDraining = true
        avcodec_send_packet(decoder, nil)
    }

    private func open(_ file: URL) throws(FFmpegError) {
        // A path is never taken for a network address, nor may a playlist in it lead to one.
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        try FFmpegError.check(av_dict_set(&options, "protocol_whitelist", "file", 0))
        try FFmpegError.check(avformat_open_input(&format, "file:" + file.path, nil, &options))
        try FFmpegError.check(avformat_find_stream_info(format, nil))
    }

    private func open(
        _ codec: UnsafePointer<AVCodec>, of stream: UnsafeMutablePointer<AVStream>, threads: Int
    ) throws(FFmpegError) {
        decoder = try FFmpegError.check(avcodec_alloc_context3(codec))
        packet = try FFmpegError.check(av_packet_alloc())
        frame = try FFmpegError.check(av_frame_alloc())
        try FFmpegError.check(avcodec_parameters_to_context(decoder, stream.pointee.codecpar))
        decoder?.pointee.thread_count = Int32(threads)
        // Lets the decoder drop an encoder's priming samples by their time.
        decoder?.pointee.pkt_timebase = stream.pointee.time_base
        // A damaged header must not ask for gigabytes.
        decoder?.pointee.max_pixels = 8192 * 8192
        try FFmpegError.check(avcodec_open2(decoder, codec, nil))
    }
}
