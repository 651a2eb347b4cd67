public import Video

extension PixelBuffer {
    /// All bytes. Those of a picture that nothing else holds are gone before ``Video/PixelBuffer/bytes`` can be read.
    public var byteArray: [UInt8] { Array(bytes) }
}
