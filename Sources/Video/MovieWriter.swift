import CFFmpeg
import FFmpeg
public import Foundation

/// Writes a film: MP4 with H.264 and AAC, its index in front (`faststart`), so that it plays while it loads.
///
/// Sound and picture start together: AAC's priming samples are cut off by the file's edit list. The film grows under
/// another name in the same folder and gets its own when it is complete; a writer that is dropped before leaves
/// nothing.
///
/// A film of something that goes on while it is written can be **growing** instead: in fragments of a second, under its
/// own name, so that whatever happens to the writer leaves what it has written so far, and of frames of several
/// encoders, whose parameter sets stay with their keyframes (`avc3` instead of `avc1`). An instance belongs to one task at a time: it is not `Sendable`.
public final class MovieWriter {
    private let url: URL
    private let partial: URL
    private let settings: H264Settings
    private let sound: SoundEncoder
    private let isGrowing: Bool
    private var output: UnsafeMutablePointer<AVFormatContext>?
    private var videoStream: UnsafeMutablePointer<AVStream>?
    private var soundStream: UnsafeMutablePointer<AVStream>?
    private var frameCount: Int64 = 0
    /// Speech that came before the first frame, which the header needs.
    private var earlySpeech: [Int16] = []
    private var isFinished = false

    /// Starts a film.
    /// - Parameters:
    ///   - url: where it will be; what is there now is replaced in the end.
    ///   - settings: of the frames that will be appended.
    ///   - sampleRate: of the speech that will be appended, mono, in Hz.
    ///   - isGrowing: true to write it in fragments under its own name, for frames of several encoders.
    /// - Throws: ``MovieError``.
    public init(
        _ url: URL, _ settings: H264Settings, sampleRate: Int = 24_000, isGrowing: Bool = false
    ) throws(MovieError) {
        self.url = url
        self.isGrowing = isGrowing
        self.settings = settings
        let name = ".\(url.lastPathComponent).\(UUID().uuidString).partial"
        partial = isGrowing ? url : url.deletingLastPathComponent().appending(path: name)
        do {
            sound = try SoundEncoder(sampleRate: sampleRate)
        } catch {
            throw .noSoundEncoder(file: url.path, reason: error.description)
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
            throw .cannotCreate(file: url.path, reason: "Is a directory")
        }
        do {
            let path = "file:" + partial.path
            try FFmpegError.check(avformat_alloc_output_context2(&output, nil, "mp4", path))
            let output = try FFmpegError.check(output)
            try FFmpegError.check(avio_open(&output.pointee.pb, path, AVIO_FLAG_WRITE))
        } catch {
            throw .cannotCreate(file: url.path, reason: error.description)
        }
    }

    deinit {
        guard output != nil else { return }
        close()
        if !isGrowing { try? FileManager.default.removeItem(at: partial) }
    }

    /// Shows the frame before for one frame longer.
    public func holdFrame() {
        frameCount += 1
    }

    /// Appends the next frame.
    /// - Throws: ``MovieError/firstFrameIsNoKeyframe(file:)``, ``MovieError/cannotWrite(file:reason:)``.
    public func append(_ frame: EncodedFrame) throws(MovieError) {
        if frameCount == 0 {
            guard frame.isKeyframe else { throw .firstFrameIsNoKeyframe(file: url.path) }
            try writing { () throws(FFmpegError) in try start(with: frame) }
            let speech = earlySpeech
            earlySpeech = []
            try append(speech)
        }
        try writing { () throws(FFmpegError) in
            var packet = av_packet_alloc()
            defer { av_packet_free(&packet) }
            guard let packet, let videoStream else { throw FFmpegError.outOfMemory }
            // Parameter sets of the only encoder are in the file's header.
            let data =
                isGrowing
                ? frame.data : H264Stream.annexB(H264Stream.units(of: frame.data).filter { !$0.isParameterSet })
            try FFmpegError.check(av_new_packet(packet, Int32(data.count)))
            _ = UnsafeMutableBufferPointer(start: packet.pointee.data, count: data.count).update(fromContentsOf: data)
            packet.pointee.pts = frameCount
            packet.pointee.dts = frameCount
            packet.pointee.duration = 1
            packet.pointee.flags = frame.isKeyframe ? AV_PKT_FLAG_KEY : 0
            try write(packet, to: videoStream, timeBase: AVRational(num: 1, den: Int32(settings.fps)))
        }
        frameCount += 1
    }

    /// Appends the next piece of speech, of any length. It need not keep step with the frames, but a long lead is
    /// kept in memory.
    /// - Throws: ``MovieError/cannotWrite(file:reason:)``.
    public func append(_ speech: [Int16]) throws(MovieError) {
        guard frameCount > 0 || videoStream != nil else {
            earlySpeech.append(contentsOf: speech)
            return
        }
        try writing { () throws(FFmpegError) in
            try sound.encode(speech) { packet throws(FFmpegError) in try writeSound(packet) }
        }
    }

    /// Completes the film and gives it its name.
    /// - Throws: ``MovieError/noFrames(file:)``, ``MovieError/cannotWrite(file:reason:)``.
    public func finish() throws(MovieError) {
        guard !isFinished else { return }
        guard frameCount > 0 else { throw .noFrames(file: url.path) }
        try writing { () throws(FFmpegError) in
            try sound.finish { packet throws(FFmpegError) in try writeSound(packet) }
            let output = try FFmpegError.check(output)
            try FFmpegError.check(av_write_trailer(output))
            try FFmpegError.check(avio_closep(&output.pointee.pb))
        }
        close()
        isFinished = true
        guard !isGrowing else { return }
        guard rename(partial.path, url.path) == 0 else {
            let reason = String(cString: strerror(errno))
            try? FileManager.default.removeItem(at: partial)
            throw .cannotWrite(file: url.path, reason: reason)
        }
    }

    private func start(with keyframe: EncodedFrame) throws(FFmpegError) {
        let video = try FFmpegError.check(avformat_new_stream(output, nil))
        video.pointee.time_base = AVRational(num: 1, den: Int32(settings.fps))
        video.pointee.avg_frame_rate = AVRational(num: Int32(settings.fps), den: 1)
        let parameters = try FFmpegError.check(video.pointee.codecpar)
        parameters.pointee.codec_type = AVMEDIA_TYPE_VIDEO
        parameters.pointee.codec_id = AV_CODEC_ID_H264
        // ISO/IEC 14496-15: only samples of this kind may bring parameter sets along.
        if isGrowing { parameters.pointee.codec_tag = UInt32(littleEndian: "avc3") }
        parameters.pointee.width = Int32(settings.width)
        parameters.pointee.height = Int32(settings.height)
        parameters.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        parameters.pointee.color_range = AVCOL_RANGE_MPEG
        parameters.pointee.color_primaries = AVCOL_PRI_BT709
        parameters.pointee.color_trc = AVCOL_TRC_BT709
        parameters.pointee.color_space = AVCOL_SPC_BT709
        let sets = H264Stream.annexB(H264Stream.units(of: keyframe.data).filter(\.isParameterSet))
        let padding = Int(AV_INPUT_BUFFER_PADDING_SIZE)
        let memory = try FFmpegError.check(av_mallocz(sets.count + padding))
        memory.copyMemory(from: sets, byteCount: sets.count)
        parameters.pointee.extradata = memory.assumingMemoryBound(to: UInt8.self)
        parameters.pointee.extradata_size = Int32(sets.count)

        let speech = try FFmpegError.check(avformat_new_stream(output, nil))
        speech.pointee.time_base = sound.context?.pointee.time_base ?? AVRational(num: 1, den: 24_000)
        try FFmpegError.check(avcodec_parameters_from_context(speech.pointee.codecpar, sound.context))

        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        if isGrowing {
            // The header waits for the first fragment: only then the sound's priming is known.
            let flags = "+frag_keyframe+delay_moov+default_base_moof"
            try FFmpegError.check(av_dict_set(&options, "movflags", flags, 0))
            try FFmpegError.check(av_dict_set_int(&options, "min_frag_duration", 1_000_000, 0))
            // Otherwise the end of each fragment, where its sound is, waits in memory for the next one.
            output?.pointee.flags |= AVFMT_FLAG_FLUSH_PACKETS
        } else {
            try FFmpegError.check(av_dict_set(&options, "movflags", "+faststart", 0))
        }
        // The edit lists' unit: milliseconds by default, which would round the end of the sound.
        try FFmpegError.check(
            av_dict_set_int(&options, "movie_timescale", Int64(speech.pointee.time_base.den), 0))
        try FFmpegError.check(avformat_write_header(output, &options))
        videoStream = video
        soundStream = speech
    }

    private func writeSound(_ packet: UnsafeMutablePointer<AVPacket>) throws(FFmpegError) {
        guard let soundStream, let context = sound.context else { throw FFmpegError.outOfMemory }
        try write(packet, to: soundStream, timeBase: context.pointee.time_base)
    }

    private func write(
        _ packet: UnsafeMutablePointer<AVPacket>, to stream: UnsafeMutablePointer<AVStream>, timeBase: AVRational
    ) throws(FFmpegError) {
        packet.pointee.stream_index = stream.pointee.index
        av_packet_rescale_ts(packet, timeBase, stream.pointee.time_base)
        try FFmpegError.check(av_interleaved_write_frame(output, packet))
    }

    private func writing(_ body: () throws(FFmpegError) -> Void) throws(MovieError) {
        do {
            try body()
        } catch {
            throw .cannotWrite(file: url.path, reason: error.description)
        }
    }

    private func close() {
        if let output { avio_closep(&output.pointee.pb) }
        avformat_free_context(output)
        output = nil
    }
}

extension UInt32 {
    /// The four characters of a code, as FFmpeg's `MKTAG`.
    fileprivate init(littleEndian code: StaticString) {
        self = code.withUTF8Buffer { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
    }
}
