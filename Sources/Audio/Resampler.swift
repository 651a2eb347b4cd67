import CFFmpeg
import FFmpeg

/// Changes the sample rate of mono speech, piece by piece, by libswresample.
///
/// Of n samples exactly ceil(n · output rate / input rate) come out, and cutting the input into other pieces gives
/// the same samples. The filter looks ahead about a millisecond; ``finish()`` releases what it holds back. An
/// instance belongs to one task at a time: it is not `Sendable`.
public final class Resampler {
    /// Why samples cannot be converted.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// A rate out of ``Resampler/rates``.
        case rate(Int)
        /// libswresample refused; in its words.
        case conversion(String)

        /// What was found, and what was expected.
        public var description: String {
            switch self {
            case .rate(let rate):
                "a sample rate of \(rate) Hz; expected \(Resampler.rates.lowerBound)…\(Resampler.rates.upperBound) Hz"
            case .conversion(let reason): "the sample rate cannot be converted: \(reason)"
            }
        }
    }

    /// The rates that are taken, in Hz.
    public static let rates = 1_000...384_000

    private let converter: SampleConverter?

    /// Prepares a conversion.
    /// - Parameters:
    ///   - inputRate: samples a second that go in.
    ///   - outputRate: samples a second that come out.
    /// - Throws: ``Failure``.
    public init(from inputRate: Int, to outputRate: Int = SpeechFormat.sampleRate) throws(Failure) {
        for rate in [inputRate, outputRate] where !Self.rates.contains(rate) { throw .rate(rate) }
        guard inputRate != outputRate else {
            converter = nil
            return
        }
        var mono = AVChannelLayout()
        av_channel_layout_default(&mono, 1)
        do {
            converter = try SampleConverter(
                inputRate: inputRate, inputFormat: AV_SAMPLE_FMT_S16, inputLayout: mono, outputRate: outputRate)
        } catch {
            throw .conversion(error.description)
        }
    }

    /// Takes the next piece, of any length, and gives what is ready.
    public func resample(_ samples: [Int16]) throws(Failure) -> [Int16] {
        guard converter != nil else { return samples }
        var output: [Int16] = []
        try resample(samples, appendingTo: &output)
        return output
    }

    /// Takes the next piece, of any length, and appends what is ready: into memory that `output` has already, if it
    /// suffices.
    public func resample(_ samples: [Int16], appendingTo output: inout [Int16]) throws(Failure) {
        guard let converter else { return output.append(contentsOf: samples) }
        guard !samples.isEmpty else { return }
        do {
            try samples.withUnsafeBufferPointer { samples throws(FFmpegError) in
                var plane = UnsafeRawBufferPointer(samples).assumingMemoryBound(to: UInt8.self).baseAddress
                try converter.convert(&plane, count: samples.count, appendingTo: &output)
            }
        } catch {
            throw .conversion(error.description)
        }
    }

    /// Gives what is held back; the next piece begins a new recording.
    public func finish() throws(Failure) -> [Int16] {
        guard let converter else { return [] }
        var output: [Int16] = []
        do {
            try converter.finish(appendingTo: &output)
        } catch {
            throw .conversion(error.description)
        }
        return output
    }
}
