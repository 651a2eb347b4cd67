import CFFmpeg
import FFmpeg
public import Foundation

/// Reads speech from a file: whatever FFmpeg decodes, at any rate, with any number of channels, comes out as
/// 24 kHz mono, piece by piece.
///
/// Of a file that breaks off, what is there is read. An instance belongs to one task at a time: it is not `Sendable`.
public final class AudioFileReader {
    /// The length that the container claims, in seconds, more than 0 and at most 1e9; nil if it claims none, or an
    /// impossible one. Only an estimate for a damaged file.
    public let duration: Double?

    /// What a damaged header claims may be anything; nothing longer than this, in seconds, is believed: 31 years.
    private static let longestDuration = 1e9

    private let file: String
    private let frames: FrameReader
    private var converter: SampleConverter?
    private var converterInput: Input?
    private var sampleCount = 0
    private var isFinished = false

    /// Opens a file.
    /// - Throws: ``AudioFileError`` if it is missing, has no sound, or its sound cannot be decoded or resampled.
    public init(_ url: URL) throws(AudioFileError) {
        file = url.path
        do {
            frames = try FrameReader(url, kind: AVMEDIA_TYPE_AUDIO)
        } catch {
            throw switch error {
            case .unreadable(let reason): .unreadable(file: url.path, reason: reason)
            case .noStream: .noSound(file: url.path)
            case .undecodable(let codec, let reason): .undecodable(file: url.path, codec: codec, reason: reason)
            }
        }
        try Self.check(rate: frames.parameters?.sample_rate ?? 0, of: url.path)
        duration = frames.stream.flatMap { stream in
            let seconds = Double(stream.pointee.duration) * av_q2d(stream.pointee.time_base)
            return seconds > 0 && seconds <= Self.longestDuration ? seconds : nil
        }
    }

    /// A second of sound at 1 Hz would become 24 000 samples: a small file with a damaged header fills the memory.
    private static func check(rate: Int32, of file: String) throws(AudioFileError) {
        guard Resampler.rates.contains(Int(rate)) else { throw .sampleRate(file: file, found: Int(rate)) }
    }

    /// The next piece of speech, never empty; nil at the end.
    /// - Throws: ``AudioFileError/empty(file:)`` if the file ends without a sample,
    ///   ``AudioFileError/sampleRate(file:found:)`` if it changes to a rate that cannot be resampled, or
    ///   ``AudioFileError/undecodable(file:codec:reason:)`` for a channel layout that cannot be mixed.
    public func read() throws(AudioFileError) -> [Int16]? {
        var output: [Int16] = []
        do {
            while output.isEmpty && !isFinished {
                if let frame = frames.next() {
                    try convert(frame, appendingTo: &output)
                } else {
                    isFinished = true
                    try converter?.finish(appendingTo: &output)
                }
            }
        } catch {
            isFinished = true
            throw error as? AudioFileError
                ?? .undecodable(file: file, codec: "in a channel layout", reason: "\(error)")
        }
        sampleCount += output.count
        if sampleCount == 0 { throw .empty(file: file) }
        return output.isEmpty ? nil : output
    }

    /// The rest of the file in one piece.
    /// - Throws: what ``read()`` throws.
    public func readAll() throws(AudioFileError) -> [Int16] {
        var all: [Int16] = []
        if let duration { all.reserveCapacity(Int(min(duration, 3_600) * Double(SpeechFormat.sampleRate)) + 1) }
        while let piece = try read() { all.append(contentsOf: piece) }
        return all
    }

    private func convert(_ frame: UnsafeMutablePointer<AVFrame>, appendingTo output: inout [Int16]) throws {
        let input = Input(of: frame.pointee)
        // Some streams change their format on the way, e.g. concatenated ADTS: the old one ends, a new one begins.
        if input != converterInput {
            try Self.check(rate: input.rate, of: file)
            try converter?.finish(appendingTo: &output)
            var layout = frame.pointee.ch_layout
            if layout.order == AV_CHANNEL_ORDER_UNSPEC { av_channel_layout_default(&layout, layout.nb_channels) }
            converter = try SampleConverter(
                inputRate: Int(input.rate), inputFormat: AVSampleFormat(rawValue: input.format), inputLayout: layout,
                outputRate: SpeechFormat.sampleRate)
            converterInput = input
        }
        try frame.pointee.extended_data.withMemoryRebound(
            to: UnsafePointer<UInt8>?.self, capacity: Int(input.channels)
        ) { planes throws(FFmpegError) in
            try converter?.convert(planes, count: Int(frame.pointee.nb_samples), appendingTo: &output)
        }
    }

    /// What a ``SampleConverter`` is made for.
    private struct Input: Equatable {
        var rate: Int32
        var format: Int32
        var channels: Int32

        init(of frame: AVFrame) {
            rate = frame.sample_rate
            format = frame.format
            channels = frame.ch_layout.nb_channels
        }
    }
}
