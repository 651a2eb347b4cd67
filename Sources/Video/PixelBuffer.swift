/// One picture in planar YUV 4:2:0 (I420), BT.709, limited range: what the encoder takes and the decoder gives.
///
/// Rows are packed: luma stride is `width`, chroma stride `width / 2`. Width and height are even.
/// A buffer is a class so that a pool can lend it; it is not `Sendable`: whoever holds it draws into it alone.
public final class PixelBuffer {
    /// Width in pixels, even.
    public let width: Int
    /// Height in pixels, even.
    public let height: Int
    /// All three planes, one after the other: Y (`width * height`), U, V (a quarter of that each).
    public let bytes: UnsafeMutableBufferPointer<UInt8>

    private static let spare = 16

    /// A black picture.
    /// - Precondition: `width` and `height` are even and positive; readers of files check that first.
    public init(width: Int, height: Int) {
        precondition(width > 0 && height > 0 && width % 2 == 0 && height % 2 == 0)
        self.width = width
        self.height = height
        // What reads eight bytes at a time may read beyond the last pixel.
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: width * height * 3 / 2 + Self.spare)
        (memory + width * height * 3 / 2).initialize(repeating: 0, count: Self.spare)
        bytes = UnsafeMutableBufferPointer(start: memory, count: width * height * 3 / 2)
        luma.initialize(repeating: 16)
        UnsafeMutableBufferPointer(rebasing: bytes[(width * height)...]).initialize(repeating: 128)
    }

    deinit { bytes.baseAddress?.deallocate() }

    /// The Y plane.
    public var luma: UnsafeMutableBufferPointer<UInt8> { .init(rebasing: bytes[..<(width * height)]) }
    /// The U plane.
    public var u: UnsafeMutableBufferPointer<UInt8> {
        .init(rebasing: bytes[(width * height)..<(width * height * 5 / 4)])
    }
    /// The V plane.
    public var v: UnsafeMutableBufferPointer<UInt8> { .init(rebasing: bytes[(width * height * 5 / 4)...]) }

    /// Makes this picture equal to `other`, which has the same size.
    public func copy(from other: PixelBuffer) {
        precondition(width == other.width && height == other.height)
        bytes.baseAddress?.update(from: UnsafePointer(other.bytes.baseAddress.unsafelyUnwrapped), count: bytes.count)
    }

    /// Mixes another picture of the same size into this one.
    /// - Parameter share: how much of `other`, in 256ths: 0 leaves this one as it is, 256 makes it equal to `other`.
    public func mix(_ share: Int, of other: PixelBuffer) {
        precondition(width == other.width && height == other.height && (0...256).contains(share))
        let (own, theirs) = (UInt16(256 - share), UInt16(share))
        for index in bytes.indices {
            let sum = UInt16(bytes[index]) &* own &+ UInt16(other.bytes[index]) &* theirs
            bytes[index] = UInt8(truncatingIfNeeded: (sum &+ 128) >> 8)
        }
    }
}
