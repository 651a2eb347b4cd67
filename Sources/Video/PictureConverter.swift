import CFFmpeg
import FFmpeg

/// libswscale: brings decoded frames of any format, size and colour matrix into one format and size.
///
/// A frame that does not say its matrix or range is taken for BT.709, limited, as ours are, unless something else is
/// known of where it comes from.
final class PictureConverter {
    private let width: Int32
    private let height: Int32
    private let format: AVPixelFormat
    private let untaggedMatrix: Int32
    private let flags: Int32
    private var context: OpaquePointer?
    private var source: Source?

    /// Prepares conversions to `format`: YUV is BT.709, limited; RGB is full range.
    /// - Parameters:
    ///   - untaggedMatrix: of frames that do not say theirs, one of libswscale's `SWS_CS` constants.
    ///   - flags: libswscale's, of scaling and rounding.
    init(
        width: Int, height: Int, format: AVPixelFormat, untaggedMatrix: Int32 = SWS_CS_ITU709,
        flags: Int32 = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT
    ) {
        self.width = Int32(width)
        self.height = Int32(height)
        self.format = format
        self.untaggedMatrix = untaggedMatrix
        self.flags = flags
    }

    deinit { sws_freeContext(context) }

    /// Converts `frame` to `planes`, scaling it to the size of this converter.
    /// - Parameters:
    ///   - planes: four of them; those that the format does not have are nil.
    ///   - strides: bytes from row to row, of four planes.
    func convert(
        _ frame: AVFrame, to planes: [UnsafeMutablePointer<UInt8>?], strides: [Int32]
    ) throws(FFmpegError) {
        let source = Source(
            of: frame, evenOnly: format == AV_PIX_FMT_YUV420P, untaggedMatrix: untaggedMatrix)
        if source != self.source { try open(source) }
        let status = withUnsafePointer(to: frame) { frame in
            // Both start with eight plane pointers and eight strides; Swift imports them as tuples.
            let data = UnsafeRawPointer(frame).assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
            let linesize = UnsafeRawPointer(frame).advanced(by: MemoryLayout<AVFrame>.offset(of: \.linesize) ?? 0)
            return sws_scale(
                context, data, linesize.assumingMemoryBound(to: Int32.self), 0, source.height, planes, strides)
        }
        try FFmpegError.check(status)
    }

    private func open(_ source: Source) throws(FFmpegError) {
        sws_freeContext(context)
        self.source = nil
        context = sws_getContext(
            source.width, source.height, source.format, width, height, format,
            flags, nil, nil, nil)
        let context = try FFmpegError.check(context)
        let isRGB = format != AV_PIX_FMT_YUV420P
        sws_setColorspaceDetails(
            context, sws_getCoefficients(source.matrix), source.isFullRange ? 1 : 0,
            sws_getCoefficients(SWS_CS_ITU709), isRGB ? 1 : 0, 0, 1 << 16, 1 << 16)
        self.source = source
    }

    /// What a libswscale context is made for.
    private struct Source: Equatable {
        var width: Int32
        var height: Int32
        var format: AVPixelFormat
        var matrix: Int32
        var isFullRange: Bool

        /// - Parameter evenOnly: leaves out the last column or row of an odd size.
        init(of frame: AVFrame, evenOnly: Bool, untaggedMatrix: Int32) {
            width = evenOnly ? frame.width & ~1 : frame.width
            height = evenOnly ? frame.height & ~1 : frame.height
            format = AVPixelFormat(rawValue: frame.format)
            isFullRange = frame.color_range == AVCOL_RANGE_JPEG
            matrix =
                switch frame.colorspace {
                case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M: SWS_CS_ITU601
                case AVCOL_SPC_SMPTE240M: SWS_CS_SMPTE240M
                case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: SWS_CS_BT2020
                case AVCOL_SPC_UNSPECIFIED: untaggedMatrix
                default: SWS_CS_ITU709
                }
        }
    }
}
