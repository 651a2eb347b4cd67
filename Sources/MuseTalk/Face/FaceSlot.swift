import Avatars

/// One frame on its way through the face graph: all that the graph takes for it, and the face that it gives.
///
/// It has its own copy of the filmed frame's latents, 32 KiB beside 75 KiB of conditioning. The graph could gather them
/// from an avatar's, that lie on the device, but only those of one avatar in a run, or of all who were ever loaded, in
/// memory that faces need. So any frames go into one batch, any device makes them, and an avatar costs none of its
/// memory.
///
/// Unchecked: it belongs to its utterance, which leaves it alone from when it is handed over until the answer comes.
public final class FaceSlot: @unchecked Sendable {
    /// 8×32×32 numbers: the masked half, then the reference half.
    private(set) var latents: [Float]
    /// 50×384 numbers.
    private(set) var conditioning: [Float]
    /// 256×256 pixels: red, green, blue.
    private var image: [UInt8]
    /// Whether the face is made of numbers: not so where the model or what it was given is damaged.
    private(set) var isFinite = true

    /// A frame of zeros.
    public init() {
        latents = [Float](repeating: 0, count: FilmedFace.latentCount)
        conditioning = [Float](repeating: 0, count: SpeechConditioner.count)
        image = [UInt8](repeating: 0, count: FaceCrop.byteCount)
    }

    /// Takes what the graph needs.
    /// - Parameters:
    ///   - latents: `FilmedFace.latentCount` numbers.
    ///   - write: puts ``SpeechConditioner/count`` numbers into the buffer.
    func fill(latents: UnsafeBufferPointer<Float>, conditioning write: (UnsafeMutableBufferPointer<Float>) -> Void) {
        self.latents.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: latents) }
        conditioning.withUnsafeMutableBufferPointer { write($0) }
    }

    /// Takes the face that the graph gave.
    func setImage(_ pixels: UnsafeBufferPointer<UInt8>, isFinite: Bool) {
        image.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: pixels) }
        self.isFinite = isFinite
    }

    /// Lends the face.
    func withImage<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        image.withUnsafeBufferPointer { body($0) }
    }
}
