/// One frame on its way through the face graph: all that the graph takes for it, and the face that it gives.
///
/// Unchecked: it belongs to its utterance, which leaves it alone from when it is handed over until the answer comes.
public final class FaceSlot: @unchecked Sendable {
    /// What is repainted.
    private(set) var frame = FilmedFrame.blank
    /// 50×384 numbers.
    private(set) var conditioning: [Float]
    /// 256×256 pixels: red, green, blue.
    private var image: [UInt8]
    /// Whether the face is made of numbers: not so where the model or what it was given is damaged.
    private(set) var isFinite = true

    /// A frame of zeros.
    public init() {
        conditioning = [Float](repeating: 0, count: SpeechConditioner.count)
        image = [UInt8](repeating: 0, count: FaceCrop.byteCount)
    }

    /// Takes what the graph needs.
    /// - Parameter write: puts ``SpeechConditioner/count`` numbers into the buffer.
    func fill(_ frame: FilmedFrame, conditioning write: (UnsafeMutableBufferPointer<Float>) -> Void) {
        self.frame = frame
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
