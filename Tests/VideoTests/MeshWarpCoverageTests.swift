import Foundation
import TestSupport
import Testing
import Video

/// Which pixels a mesh covers, wherever its corners are.
@Suite(.timeLimit(.minutes(10))) struct MeshWarpCoverageTests {
    private static let (width, height) = (96, 80)

    private static func plain(
        _ luma: UInt8, _ chroma: UInt8, width: Int = width, height: Int = height
    ) -> PixelBuffer {
        let picture = PixelBuffer(width: width, height: height)
        picture.luma.update(repeating: luma)
        picture.u.update(repeating: chroma)
        picture.v.update(repeating: chroma)
        return picture
    }

    /// A mesh whose corners went anywhere, as long as neither rows nor columns cross.
    private static func random(_ random: inout SeededGenerator) -> WarpedGrid {
        let (columns, rows) = (Int.random(in: 2...8, using: &random), Int.random(in: 2...8, using: &random))
        let (left, top) = (Int.random(in: -20...50, using: &random), Int.random(in: -20...50, using: &random))
        let (width, height) = (Int.random(in: 1...20, using: &random), Int.random(in: 1...20, using: &random))
        let part = PixelBox(
            left: left, top: top, right: left + width * (columns - 1), bottom: top + height * (rows - 1))
        var grid = WarpedGrid(over: part, columns: columns, rows: rows)
        let step = SIMD2(Float(width), Float(height))
        // Where columns are upright, neighbours may lie far above or below each other: rows of pixels cross many patches.
        let isSteep = Bool.random(using: &random)
        let slides = (0..<columns).map { _ in isSteep ? Float.random(in: -30...30, using: &random) : 0 }
        for index in grid.corners.indices {
            let way = SIMD2(
                isSteep ? 0 : Float.random(in: -0.45...0.45, using: &random), .random(in: -0.45...0.45, using: &random))
            grid.corners[index].target += way * step + SIMD2(0, slides[index % columns])
        }
        return grid
    }

    /// Whether a place lies within the outline; nil if it is so near that rounding decides.
    private static func isInside(_ place: SIMD2<Double>, _ outline: [SIMD2<Double>]) -> Bool? {
        var isInside = false
        for (a, b) in zip(outline, outline.dropFirst() + outline.prefix(1)) {
            let (way, length) = (b - a, ((b - a) * (b - a)).sum())
            let share = length > 0 ? min(max(((place - a) * way).sum() / length, 0), 1) : 0
            let gap = place - (a + way * share)
            if (gap * gap).sum().squareRoot() < 0.02 { return nil }
            if (a.y > place.y) != (b.y > place.y), place.x < a.x + way.x * (place.y - a.y) / way.y { isInside.toggle() }
        }
        return isInside
    }

    /// Which of a plane's pixels are covered otherwise than the outline says.
    private func wrong(
        _ plane: UnsafeMutableBufferPointer<UInt8>, width: Int, shrink: Double, _ grid: WarpedGrid, inside: UInt8,
        outside: UInt8
    ) -> [(x: Int, y: Int)] {
        let outline = grid.outline.map { SIMD2<Double>($0) / shrink }
        return plane.indices.compactMap { index in
            let (x, y) = (index % width, index / width)
            guard let isInside = Self.isInside(SIMD2(Double(x) + 0.5, Double(y) + 0.5), outline) else { return nil }
            return plane[index] == (isInside ? inside : outside) ? nil : (x, y)
        }
    }

    @Test(arguments: 0..<80) func everyPixelOfAMeshIsCoveredAndNoneBeside(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let grid = Self.random(&random)
        let (source, target) = (Self.plain(200, 90), Self.plain(16, 128))
        grid.draw(from: source, onto: target)
        let luma = wrong(target.luma, width: Self.width, shrink: 1, grid, inside: 200, outside: 16)
        #expect(luma.isEmpty, "\(luma.count) of luma, such as \(luma.prefix(3))")
        for plane in [target.u, target.v] {
            let chroma = wrong(plane, width: Self.width / 2, shrink: 2, grid, inside: 90, outside: 128)
            #expect(chroma.isEmpty, "\(chroma.count) of chroma, such as \(chroma.prefix(3))")
        }
    }

    /// Drawn with half of its opacity, a pixel of two patches would be seen.
    @Test(arguments: 0..<80) func noPixelBelongsToTwoPatches(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var grid = Self.random(&random)
        for index in grid.corners.indices { grid.corners[index].opacity = 0.5 }
        let (source, target) = (Self.plain(216, 90), Self.plain(16, 128))
        grid.draw(from: source, onto: target, fades: true)
        let luma = wrong(target.luma, width: Self.width, shrink: 1, grid, inside: 116, outside: 16)
        #expect(luma.isEmpty, "\(luma.count) of luma, such as \(luma.prefix(3))")
    }

    @Test func cornersAnywhereEndNothing() {
        let bad: [Float] = [
            .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e9, -1e9, 16_383.9,
            -16_384,
            0, .leastNonzeroMagnitude, 40, 41,
        ]
        var random = SeededGenerator(seed: 9)
        for _ in 0..<3_000 {
            let (width, height) = (
                2 * Int.random(in: 1...20, using: &random), 2 * Int.random(in: 1...20, using: &random)
            )
            var grid = WarpedGrid(
                over: PixelBox(left: -4, top: -4, right: 44, bottom: 44), columns: .random(in: 1...6, using: &random),
                rows: .random(in: 1...6, using: &random))
            for index in grid.corners.indices {
                // Most are somewhere in the picture, but in no order: patches are folded.
                func any() -> Float {
                    Int.random(in: 0..<6, using: &random) == 0
                        ? bad[Int.random(in: bad.indices, using: &random)] : .random(in: -5...45, using: &random)
                }
                grid.corners[index] = MeshWarp.Corner(
                    target: SIMD2(any(), any()), source: SIMD2(any(), any()), opacity: any())
            }
            let source = Self.plain(180, 60, width: width, height: height)
            let target = Self.plain(180, 60, width: width, height: height)
            let before = target.byteArray
            // What is read beside the picture, or written into another plane, is of another brightness.
            grid.draw(from: source, onto: target)
            #expect(target.byteArray == before)
            grid.draw(from: source, onto: target, fades: true)
            #expect(target.byteArray == before)
        }
    }

    @Test func whatLiesOutsideOfTheSourceIsItsRim() {
        let source = Self.plain(120, 128)
        for y in 0..<Self.height {
            source.luma[y * Self.width] = 200
            source.luma[y * Self.width + 1] = 200
        }
        var grid = WarpedGrid(over: PixelBox(left: 10, top: 10, right: 60, bottom: 60), columns: 3, rows: 3)
        for index in grid.corners.indices { grid.corners[index].source = SIMD2(-1_000, -1_000) }
        let target = Self.plain(16, 128)
        grid.draw(from: source, onto: target)
        #expect(target.luma[30 * Self.width + 30] == 200)
    }

    @Test func meshesOfNoPatchDrawNothing() {
        let target = Self.plain(16, 128)
        let before = target.byteArray
        for (columns, rows) in [(1, 5), (5, 1), (1, 1)] {
            let part = PixelBox(left: 0, top: 0, right: 90, bottom: 70)
            WarpedGrid(over: part, columns: columns, rows: rows).draw(from: Self.plain(200, 90), onto: target)
        }
        #expect(target.byteArray == before)
    }

    @Test func theNeighbouringPlanesOfAThinMeshAreLeftAlone() {
        // The last row of luma is followed by U in memory.
        var random = SeededGenerator(seed: 2)
        for _ in 0..<200 {
            let right = Int.random(in: 1...Self.width, using: &random)
            let grid = WarpedGrid(
                over: PixelBox(left: 0, top: Self.height - 1, right: right, bottom: Self.height), columns: 2, rows: 2)
            let target = Self.plain(16, 128)
            grid.draw(from: Self.plain(200, 128), onto: target)
            #expect(target.luma.count { $0 == 200 } == right)
            #expect(target.u.allSatisfy { $0 == 128 } && target.v.allSatisfy { $0 == 128 })
        }
    }
}
