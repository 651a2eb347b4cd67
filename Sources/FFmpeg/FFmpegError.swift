import CFFmpeg
import Foundation

/// What a call of one of FFmpeg's libraries answered when it failed.
package struct FFmpegError: Error, Equatable, CustomStringConvertible {
    /// FFmpeg's status: negative.
    package var status: Int32

    /// FFmpeg's words for it, e.g. `Invalid data found when processing input`.
    package var description: String {
        var text = [CChar](repeating: 0, count: 128)
        av_strerror(status, &text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Passes a good status on, throws a bad one.
    @discardableResult
    package static func check(_ status: Int32) throws(FFmpegError) -> Int32 {
        guard status >= 0 else { throw FFmpegError(status: status) }
        return status
    }

    /// Passes a pointer on; FFmpeg answers nil where it ran out of memory.
    package static func check<T>(_ pointer: T?) throws(FFmpegError) -> T {
        guard let pointer else { throw outOfMemory }
        return pointer
    }

    /// The failure of everything that allocates.
    package static let outOfMemory = FFmpegError(status: visavis_averror(ENOMEM))

    /// Keeps FFmpeg from writing to standard error: whatever matters reaches the caller as a typed error.
    package static let logIsSilent: Void = av_log_set_level(AV_LOG_QUIET)
}
