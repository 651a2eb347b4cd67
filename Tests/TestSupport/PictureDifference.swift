public import Video

/// How much two pictures of one size differ in luma: what an eye calls a jump is large in one place.
public struct PictureDifference: Sendable {
    /// On average over all pixels.
    public var mean = 0.0
    /// On average over the pixels of the 16×16 block where they differ most.
    public var block = 0.0

    /// None.
    public init() {}

    /// Compares two pictures.
    public init(_ first: PixelBuffer, _ second: PixelBuffer) {
        let columns = (first.width + 15) / 16
        var blocks = [Int](repeating: 0, count: columns * ((first.height + 15) / 16))
        let (a, b) = (first.luma, second.luma)
        for y in 0..<first.height {
            for x in 0..<first.width {
                let index = y * first.width + x
                blocks[y / 16 * columns + x / 16] += abs(Int(a[index]) - Int(b[index]))
            }
        }
        mean = Double(blocks.reduce(0, +)) / Double(first.width * first.height)
        block = Double(blocks.max() ?? 0) / 256
    }

    /// The largest of each.
    public func union(_ other: PictureDifference) -> PictureDifference {
        var union = self
        union.mean = max(mean, other.mean)
        union.block = max(block, other.block)
        return union
    }
}
