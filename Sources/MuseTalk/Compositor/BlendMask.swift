public import Video

/// The part of a ``CropMask`` that changes the frame: what ``FaceBrush`` paints through.
///
/// It lies in the frame and in the face box, has even edges, so that chroma needs no special case, and no rows or
/// columns at its edges that are all zero (but for making it even).
public struct BlendMask: Sendable, Equatable {
    /// Where it lies in the frame; empty if nothing of the face shows.
    public let area: PixelBox
    /// 0…255 for each pixel of the area, row by row.
    public let alpha: [UInt8]

    /// A mask that was cut out before.
    /// - Precondition: edges are even and not negative, and `alpha` has a value for each pixel.
    public init(area: PixelBox, alpha: [UInt8]) {
        precondition(Self.isPaintable(area) && alpha.count == area.width * area.height)
        self.area = area
        self.alpha = alpha
    }

    /// Cuts out of `mask` what shows of the face.
    /// - Parameters:
    ///   - face: the face box; beyond it the frame stays as it is.
    ///   - frameWidth: pixels, even.
    ///   - frameHeight: pixels, even.
    public init(_ mask: CropMask, face: PixelBox, frameWidth: Int, frameHeight: Int) {
        let frame = PixelBox(left: 0, top: 0, right: frameWidth, bottom: frameHeight)
        let visible = face.intersection(mask.crop).intersection(frame)
        func alpha(_ x: Int, _ y: Int) -> UInt8 {
            mask.image.pixels[(y - mask.crop.top) * mask.crop.width + x - mask.crop.left]
        }
        let rows = (visible.top..<visible.bottom).filter { y in
            (visible.left..<visible.right).contains { alpha($0, y) > 0 }
        }
        let columns = (visible.left..<visible.right).filter { x in rows.contains { alpha(x, $0) > 0 } }
        guard let top = rows.first, let bottom = rows.last, let left = columns.first, let right = columns.last else {
            self.init(area: PixelBox(left: 0, top: 0, right: 0, bottom: 0), alpha: [])
            return
        }
        let area = PixelBox(left: left & ~1, top: top & ~1, right: (right | 1) + 1, bottom: (bottom | 1) + 1)
        var values = [UInt8](repeating: 0, count: area.width * area.height)
        for y in top...bottom {
            for x in left...right { values[(y - area.top) * area.width + x - area.left] = alpha(x, y) }
        }
        self.init(area: area, alpha: values)
    }

    /// True if a mask may cover `area`.
    static func isPaintable(_ area: PixelBox) -> Bool {
        area.left >= 0 && area.top >= 0 && area.width >= 0 && area.height >= 0 && area.isEven
    }
}
