public import Video

/// Compresses the pictures of one utterance, in order.
public protocol FrameEncoder: AnyObject {
    /// Compresses the next picture.
    /// - Parameter asKeyframe: true if decoding must be able to start here.
    func encode(_ picture: PixelBuffer, asKeyframe: Bool) throws -> EncodedFrame
}
