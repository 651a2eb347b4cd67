/// Where a pixel of a resized row or column lies in the original, as OpenCV computes it.
struct ResizePosition {
    /// The pixel at or before it; −1 or below beyond the first.
    var pixel: Int
    /// How far behind that pixel's centre it lies, 0..<1.
    var fraction: Float

    /// - Parameters:
    ///   - index: the pixel of the result.
    ///   - size: pixels of the original.
    ///   - newSize: pixels of the result.
    @inline(__always)
    init(of index: Int, from size: Int, to newSize: Int) {
        // In this order and with these types: the last bit decides how a weight is rounded.
        let scale = 1 / (Double(newSize) / Double(size))
        let position = Float((Double(index) + 0.5) * scale - 0.5)
        let whole = position.rounded(.down)
        pixel = Int(whole)
        fraction = position - whole
    }

    /// A weight with 11 bits behind the point, the precision of OpenCV's resizing of bytes.
    @inline(__always)
    static func fixed(_ weight: Float) -> Int32 { Int32((weight * 2048).rounded(.toNearestOrEven)) }
}
