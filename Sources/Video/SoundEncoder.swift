import CFFmpeg
import FFmpeg

/// Compresses mono speech to AAC, 1024 samples at a time, for a film.
final class SoundEncoder {
    private(set) var context: UnsafeMutablePointer<AVCodecContext>?
    private var frame: UnsafeMutablePointer<AVFrame>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    /// Speech that does not fill a frame yet.
    private var waiting: [Int16] = []
    private var nextPTS: Int64 = 0

    init(sampleRate: Int) throws(FFmpegError) {
        _ = FFmpegError.logIsSilent
        let context = try FFmpegError.check(avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_AAC)))
        self.context = context
        context.pointee.sample_rate = Int32(sampleRate)
        context.pointee.sample_fmt = AV_SAMPLE_FMT_FLTP
        context.pointee.bit_rate = 96_000
        context.pointee.time_base = AVRational(num: 1, den: Int32(sampleRate))
        context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        av_channel_layout_default(&context.pointee.ch_layout, 1)
        try FFmpegError.check(avcodec_open2(context, nil, nil))
        frame = try FFmpegError.check(av_frame_alloc())
        packet = try FFmpegError.check(av_packet_alloc())
    }

    deinit {
        av_packet_free(&packet)
        av_frame_free(&frame)
        avcodec_free_context(&context)
    }

    /// Takes the next piece, and calls `body` with each packet that is ready.
    func encode(
        _ speech: [Int16], _ body: (UnsafeMutablePointer<AVPacket>) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        waiting.append(contentsOf: speech)
        let frameSize = Int(context?.pointee.frame_size ?? 1024)
        var start = 0
        while waiting.count - start >= frameSize {
            try send(waiting[start..<(start + frameSize)])
            start += frameSize
            try receive(body)
        }
        waiting.removeFirst(start)
    }

    /// Compresses the rest.
    func finish(_ body: (UnsafeMutablePointer<AVPacket>) throws(FFmpegError) -> Void) throws(FFmpegError) {
        if !waiting.isEmpty { try send(waiting[...]) }
        waiting = []
        try FFmpegError.check(avcodec_send_frame(context, nil))
        try receive(body)
    }

    private func send(_ samples: ArraySlice<Int16>) throws(FFmpegError) {
        let context = try FFmpegError.check(context)
        let frame = try FFmpegError.check(frame)
        defer { av_frame_unref(frame) }
        frame.pointee.nb_samples = Int32(samples.count)
        frame.pointee.format = AV_SAMPLE_FMT_FLTP.rawValue
        frame.pointee.sample_rate = context.pointee.sample_rate
        av_channel_layout_default(&frame.pointee.ch_layout, 1)
        try FFmpegError.check(av_frame_get_buffer(frame, 0))
        frame.pointee.pts = nextPTS
        nextPTS += Int64(samples.count)
        let plane = UnsafeMutableRawPointer(frame.pointee.data.0)?.assumingMemoryBound(to: Float.self)
        for (index, sample) in samples.enumerated() { plane?[index] = Float(sample) / 32_768 }
        try FFmpegError.check(avcodec_send_frame(context, frame))
    }

    private func receive(
        _ body: (UnsafeMutablePointer<AVPacket>) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        let packet = try FFmpegError.check(packet)
        while avcodec_receive_packet(context, packet) >= 0 {
            defer { av_packet_unref(packet) }
            try body(packet)
        }
    }
}
