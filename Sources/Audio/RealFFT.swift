import CFFmpeg

/// The discrete Fourier transform of real samples, by libavutil's `av_tx` (`AV_TX_FLOAT_RDFT`).
///
/// Buffers are allocated once; a transform allocates nothing. An instance belongs to one task at a time: it is
/// not `Sendable`, whoever analyses speech holds its own.
public final class RealFFT {
    /// Samples a transform takes; a power of two.
    public let size: Int

    /// Numbers of a spectrum: `size / 2 + 1`, from 0 Hz to half the sample rate inclusive.
    public var binCount: Int { size / 2 + 1 }

    private var context: OpaquePointer?
    private let transform: av_tx_fn
    private let samples: UnsafeMutableBufferPointer<Float>
    private let spectrum: UnsafeMutableBufferPointer<AVComplexFloat>

    /// Prepares transforms of `size` samples.
    /// - Parameter size: a power of two, 4…65536; anything else is a mistake in the program.
    public init(size: Int) {
        precondition(size >= 4 && size <= 65_536 && size & (size - 1) == 0, "an FFT of \(size) samples")
        var context: OpaquePointer?
        var transform: av_tx_fn?
        var scale: Float = 1
        let status = av_tx_init(&context, &transform, AV_TX_FLOAT_RDFT, 0, Int32(size), &scale, 0)
        // Only a lack of memory can make this fail for a power of two; Swift's own allocations trap there, too.
        guard status >= 0, let transform else { preconditionFailure("av_tx_init: \(status)") }
        self.size = size
        self.context = context
        self.transform = transform
        samples = Self.allocateAligned(Float.self, count: size)
        samples.initialize(repeating: 0)
        spectrum = Self.allocateAligned(AVComplexFloat.self, count: size / 2 + 1)
        spectrum.initialize(repeating: AVComplexFloat(re: 0, im: 0))
    }

    deinit {
        av_tx_uninit(&context)
        samples.deallocate()
        spectrum.deallocate()
    }

    /// Writes |X[k]|² of `input` to `power`, for k = 0 ..< ``binCount``; X is the unscaled DFT.
    ///
    /// The input is taken as it is: a window is the caller's to apply.
    /// - Parameters:
    ///   - input: at most ``size`` samples; a shorter input is continued with zeros.
    ///   - power: room for at least ``binCount`` numbers.
    public func powerSpectrum(of input: UnsafeBufferPointer<Float>, into power: UnsafeMutableBufferPointer<Float>) {
        precondition(input.count <= size && power.count >= binCount)
        let rest = samples.update(fromContentsOf: input)
        samples[rest...].update(repeating: 0)
        transform(context, spectrum.baseAddress, samples.baseAddress, MemoryLayout<Float>.stride)
        for (bin, value) in spectrum.enumerated() {
            power[bin] = value.re * value.re + value.im * value.im
        }
    }

    /// Writes |X[k]|² of `input` to `power`; see ``powerSpectrum(of:into:)-(UnsafeBufferPointer<Float>,_)``.
    public func powerSpectrum(of input: [Float], into power: inout [Float]) {
        input.withUnsafeBufferPointer { input in
            power.withUnsafeMutableBufferPointer { powerSpectrum(of: input, into: $0) }
        }
    }

    /// `av_tx` wants the alignment of the widest vector registers.
    private static func allocateAligned<T>(_ type: T.Type, count: Int) -> UnsafeMutableBufferPointer<T> {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count * MemoryLayout<T>.stride, alignment: 64)
        return bytes.bindMemory(to: T.self)
    }
}
