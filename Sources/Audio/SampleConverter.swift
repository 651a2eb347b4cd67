import CFFmpeg
import FFmpeg

/// libswresample from one format of sound to mono 16-bit at another rate, piece by piece.
///
/// Of n samples in, exactly ceil(n · output rate / input rate) come out: what the filter holds back at the end is
/// flushed, what it adds beyond the end is cut off.
final class SampleConverter {
    private var context: OpaquePointer?
    private let inputRate: Int
    private let outputRate: Int
    private var inputCount = 0
    private var outputCount = 0

    /// Prepares a conversion of `inputLayout` channels of `inputFormat` samples.
    init(
        inputRate: Int, inputFormat: AVSampleFormat, inputLayout: AVChannelLayout, outputRate: Int
    ) throws(FFmpegError) {
        self.inputRate = inputRate
        self.outputRate = outputRate
        var inputLayout = inputLayout
        var mono = AVChannelLayout()
        av_channel_layout_default(&mono, 1)
        try FFmpegError.check(
            swr_alloc_set_opts2(
                &context, &mono, AV_SAMPLE_FMT_S16, Int32(outputRate), &inputLayout, inputFormat, Int32(inputRate),
                0, nil))
        // The 16-bit resampler has 16-bit filter coefficients; speech deserves better, and it costs little.
        try FFmpegError.check(
            av_opt_set_sample_fmt(UnsafeMutableRawPointer(context), "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0))
        try FFmpegError.check(swr_init(context))
    }

    deinit { swr_free(&context) }

    /// Converts `count` samples per channel, and appends what is ready to `output`.
    func convert(
        _ planes: UnsafeMutablePointer<UnsafePointer<UInt8>?>, count: Int, appendingTo output: inout [Int16]
    ) throws(FFmpegError) {
        inputCount += count
        try run(planes, count: count, limit: .max, appendingTo: &output)
    }

    /// Appends what is held back, and starts afresh.
    func finish(appendingTo output: inout [Int16]) throws(FFmpegError) {
        let total = (inputCount * outputRate + inputRate - 1) / inputRate
        try run(nil, count: 0, limit: total - outputCount, appendingTo: &output)
        // The filter may fall short by a sample where the rates divide badly.
        while outputCount < total {
            output.append(output.last ?? 0)
            outputCount += 1
        }
        inputCount = 0
        outputCount = 0
        swr_close(context)
        try FFmpegError.check(swr_init(context))
    }

    private func run(
        _ planes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int, limit: Int,
        appendingTo output: inout [Int16]
    ) throws(FFmpegError) {
        let capacity = Int(swr_get_out_samples(context, Int32(count)))
        guard capacity > 0 else { return }
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: capacity))
        let status = output.withUnsafeMutableBytes { bytes in
            var destination = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            destination? += start * MemoryLayout<Int16>.stride
            return swr_convert(context, &destination, Int32(capacity), planes, Int32(count))
        }
        let converted = min(Int(max(0, status)), max(0, limit))
        output.removeLast(capacity - converted)
        try FFmpegError.check(status)
        outputCount += converted
    }
}
