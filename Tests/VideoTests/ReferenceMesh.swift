import Foundation
import Video

/// What a ``MeshWarp`` must draw, written down in floating point, pixel by pixel, with no thought of speed: in which patch
/// is this pixel, how far between its sides, and what is there in the source?
struct ReferenceMesh {
    let grid: WarpedGrid

    /// The luma at each pixel of `base`, with the mesh drawn over it.
    func luma(from source: PixelBuffer, onto base: PixelBuffer) -> [UInt8] {
        plane(source.luma, onto: base.luma, width: base.width, shrink: 1)
    }

    /// The same for U.
    func u(from source: PixelBuffer, onto base: PixelBuffer) -> [UInt8] {
        plane(source.u, onto: base.u, width: base.width / 2, shrink: 2)
    }

    private func plane(
        _ source: UnsafeMutableBufferPointer<UInt8>, onto base: UnsafeMutableBufferPointer<UInt8>, width: Int,
        shrink: Double
    ) -> [UInt8] {
        base.indices.map { index in
            let center = SIMD2(Double(index % width) + 0.5, Double(index / width) + 0.5) * shrink
            guard let place = place(of: center) else { return base[index] }
            return Self.sample(source, width: width, at: place / shrink)
        }
    }

    /// Where the source has what is shown at a place of the target; nil outside of the mesh.
    private func place(of target: SIMD2<Double>) -> SIMD2<Double>? {
        for row in 0..<(grid.rows - 1) {
            for column in 0..<(grid.columns - 1) where grid.shows[row * grid.columns + column] {
                let first = row * grid.columns + column
                let patch = [first, first + 1, first + grid.columns, first + grid.columns + 1].map { grid.corners[$0] }
                let targets = patch.map { SIMD2<Double>($0.target) }
                guard let shares = Self.shares(of: target, between: targets) else { continue }
                return Self.blend(patch.map { SIMD2<Double>($0.source) }, shares)
            }
        }
        return nil
    }

    private static func blend(_ corners: [SIMD2<Double>], _ shares: SIMD2<Double>) -> SIMD2<Double> {
        let top = corners[0] + (corners[1] - corners[0]) * shares.x
        let bottom = corners[2] + (corners[3] - corners[2]) * shares.x
        return top + (bottom - top) * shares.y
    }

    /// Inverse bilinear, by Newton's method: 0…1 across and down; nil outside of the patch.
    private static func shares(of place: SIMD2<Double>, between corners: [SIMD2<Double>]) -> SIMD2<Double>? {
        var shares = SIMD2(0.5, 0.5)
        for _ in 0..<20 {
            let way = place - blend(corners, shares)
            let across = (corners[1] - corners[0]) * (1 - shares.y) + (corners[3] - corners[2]) * shares.y
            let down = (corners[2] - corners[0]) * (1 - shares.x) + (corners[3] - corners[1]) * shares.x
            let area = across.x * down.y - across.y * down.x
            guard abs(area) > 1e-9 else { return nil }
            shares += SIMD2(way.x * down.y - way.y * down.x, across.x * way.y - across.y * way.x) / area
        }
        let range = -1e-6...(1 + 1e-6)
        return range.contains(shares.x) && range.contains(shares.y) ? shares : nil
    }

    private static func sample(
        _ pixels: UnsafeMutableBufferPointer<UInt8>, width: Int, at place: SIMD2<Double>
    ) -> UInt8 {
        let height = pixels.count / width
        func at(_ x: Int, _ y: Int) -> Double {
            Double(pixels[min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)])
        }
        let (left, top) = ((place.x - 0.5).rounded(.down), (place.y - 0.5).rounded(.down))
        let (right, bottom) = (place.x - 0.5 - left, place.y - 0.5 - top)
        let (x, y) = (Int(left), Int(top))
        let sum =
            (at(x, y) * (1 - right) + at(x + 1, y) * right) * (1 - bottom)
            + (at(x, y + 1) * (1 - right) + at(x + 1, y + 1) * right) * bottom
        return UInt8(max(0, min(255, sum.rounded())))
    }
}
