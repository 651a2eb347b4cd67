/// Frames that are made in one run: what the face graph takes for them, and the faces that it gives. Allocated once
/// for an utterance, and used again for each batch.
///
/// Unchecked: it belongs to the utterance, which hands it to the ``FacePainter`` and leaves it alone until that
/// answers.
final class FaceBatch: @unchecked Sendable {
    /// Numbers that condition one frame: 50 steps of 384.
    static let conditioningCount = 50 * 384

    /// Frames that it has room for.
    let capacity: Int
    /// Frames in it.
    private(set) var count = 0
    /// For each the filmed frame whose latents are repainted.
    private(set) var filmedFrames: [Int64]
    /// For each ``conditioningCount`` numbers.
    private(set) var conditioning: [Float]
    /// For each 256×256 pixels, red, green, blue; of those that were painted.
    private var images: [UInt8]

    init(capacity: Int) {
        self.capacity = capacity
        filmedFrames = [Int64](repeating: 0, count: capacity)
        conditioning = [Float](repeating: 0, count: capacity * Self.conditioningCount)
        images = [UInt8](repeating: 0, count: capacity * FaceCrop.byteCount)
    }

    /// Forgets its frames.
    func clear() { count = 0 }

    /// Adds a frame.
    /// - Parameters:
    ///   - filmedFrame: whose latents are repainted.
    ///   - write: puts ``conditioningCount`` numbers into the buffer.
    /// - Precondition: there is room.
    func append(filmedFrame: Int, conditioning write: (UnsafeMutableBufferPointer<Float>) -> Void) {
        precondition(count < capacity)
        filmedFrames[count] = Int64(filmedFrame)
        let start = count * Self.conditioningCount
        conditioning.withUnsafeMutableBufferPointer {
            write(UnsafeMutableBufferPointer(rebasing: $0[start..<(start + Self.conditioningCount)]))
        }
        count += 1
    }

    /// Takes the faces of all frames in it.
    func setImages(_ source: UnsafeBufferPointer<UInt8>) {
        images.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: source) }
    }

    /// Lends the face of one frame.
    func withImage<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        precondition(index < count)
        let start = index * FaceCrop.byteCount
        return images.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[start..<(start + FaceCrop.byteCount)]))
        }
    }
}
