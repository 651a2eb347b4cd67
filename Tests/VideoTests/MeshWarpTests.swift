import Foundation
import TestSupport
import Testing
import Video

/// What a warped picture shows.
@Suite(.timeLimit(.minutes(10))) struct MeshWarpTests {
    private static let (width, height) = (128, 96)
    /// As much of a picture as can be drawn as it is: at its rim nothing is known of what lies beyond.
    private static let part = PixelBox(left: 4, top: 4, right: 120, bottom: 88)

    /// Smooth: what is sampled a tenth of a pixel beside differs by less than a level.
    private let smooth: PixelBuffer = {
        let picture = PixelBuffer(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                picture.luma[y * width + x] = UInt8(128 + 70 * sin(Double(x) / 15) * cos(Double(y) / 11))
            }
        }
        for y in 0..<(height / 2) {
            for x in 0..<(width / 2) {
                picture.u[y * width / 2 + x] = UInt8(128 + 60 * cos(Double(x) / 13 + Double(y) / 9))
                picture.v[y * width / 2 + x] = UInt8(128 + 50 * sin(Double(x) / 12 - Double(y) / 14))
            }
        }
        return picture
    }()

    /// Another one, to be painted on.
    private func base() -> PixelBuffer { .noise(width: Self.width, height: Self.height, seed: 8) }

    private func greatest(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Int {
        zip(a, b).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
    }

    @Test(arguments: [2, 5, 9, 30], [2, 3, 8, 43])
    func aMeshThatMovesNothingChangesNothing(columns: Int, rows: Int) {
        let picture = PixelBuffer.noise(width: Self.width, height: Self.height, seed: 1)
        let onto = PixelBuffer(width: Self.width, height: Self.height)
        onto.copy(from: picture)
        WarpedGrid(over: Self.part, columns: columns, rows: rows).draw(from: picture, onto: onto)
        #expect(onto.byteArray == picture.byteArray)
    }

    @Test func betweenPixelsItChangesNoMoreThanRounding() {
        let picture = PixelBuffer.noise(width: Self.width, height: Self.height, seed: 1)
        let onto = base()
        onto.copy(from: picture)
        var random = SeededGenerator(seed: 3)
        var grid = WarpedGrid(over: Self.part, columns: 9, rows: 8)
        for index in grid.corners.indices {
            let place =
                grid.corners[index].target
                + SIMD2(
                    .random(in: -2...2, using: &random), .random(in: -2...2, using: &random))
            (grid.corners[index].target, grid.corners[index].source) = (place, place)
        }
        grid.draw(from: picture, onto: onto)
        // Luma and chroma of neighbouring pixels may be as different as can be: a 256th of that.
        #expect(greatest(onto.byteArray, picture.byteArray) <= 2)
    }

    @Test(arguments: [(2, 0), (0, 2), (-4, 6), (12, -10), (-40, -30)])
    func aMeshThatIsMovedIsThePictureMoved(right: Int, down: Int) {
        let picture = PixelBuffer.noise(width: Self.width, height: Self.height, seed: 1)
        let onto = base()
        let before = base()
        WarpedGrid(over: Self.part, columns: 7, rows: 6).moved { $0 + SIMD2(Float(right), Float(down)) }
            .draw(from: picture, onto: onto)
        var different = 0
        for y in 0..<Self.height {
            for x in 0..<Self.width {
                let (u, v) = (x - right, y - down)
                let isMoved =
                    (Self.part.left..<Self.part.right).contains(u)
                    && (Self.part.top..<Self.part.bottom).contains(v)
                let expected = isMoved ? picture.luma[v * Self.width + u] : before.luma[y * Self.width + x]
                if expected != onto.luma[y * Self.width + x] { different += 1 }
            }
        }
        #expect(different == 0)
    }

    /// What happens to a picture, in words.
    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var transform: @Sendable (SIMD2<Float>) -> SIMD2<Float>

        init(_ words: String, _ transform: @escaping @Sendable (SIMD2<Float>) -> SIMD2<Float>) {
            testDescription = words
            self.transform = transform
        }
    }

    private static let even = [
        Change("by parts of a pixel") { $0 + SIMD2(3.3, -2.6) },
        Change("larger") { ($0 - 60) * 1.37 + 58 },
        Change("smaller") { ($0 - 60) * 0.71 + 61 },
        Change("wider and flatter") { ($0 - 60) * SIMD2(1.2, 0.8) + 60 },
        Change("sheared along rows") { SIMD2($0.x + 0.4 * ($0.y - 48), $0.y) },
        Change("sheared along columns") { SIMD2($0.x, $0.y + 0.3 * ($0.x - 64)) },
        Change("turned a little") { SIMD2(60, 50) + turned($0 - SIMD2(60, 50), by: 0.05) },
        Change("turned a lot") { SIMD2(60, 50) + turned($0 - SIMD2(60, 50), by: -0.9) },
    ]

    private static func turned(_ way: SIMD2<Float>, by angle: Float) -> SIMD2<Float> {
        SIMD2(cos(angle) * way.x - sin(angle) * way.y, sin(angle) * way.x + cos(angle) * way.y)
    }

    @Test(arguments: even) func aPictureThatIsChangedEvenlyEqualsTheReference(change: Change) {
        expectReference(WarpedGrid(over: Self.part, columns: 7, rows: 6).moved(change.transform), within: 1)
    }

    private static let uneven = [
        Change("every column by itself") { SIMD2($0.x + 3 * sin($0.y / 20), $0.y) },
        Change("every row by itself") { SIMD2($0.x, $0.y + 3 * sin($0.y / 20)) },
        Change("like a face") { SIMD2($0.x + 1.5 * sin($0.y / 30), $0.y + 2 * sin($0.x / 25)) },
    ]

    @Test(arguments: uneven) func aPictureThatIsBentIsCloseToTheReference(change: Change) {
        // Along a row the source runs evenly, which inside of a bent patch it should not quite.
        expectReference(WarpedGrid(over: Self.part, columns: 9, rows: 8).moved(change.transform), within: 2)
    }

    private func expectReference(
        _ grid: WarpedGrid, within levels: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let onto = PixelBuffer(width: Self.width, height: Self.height)
        let before = PixelBuffer(width: Self.width, height: Self.height)
        grid.draw(from: smooth, onto: onto)
        let reference = ReferenceMesh(grid: grid)
        let (luma, u) = (reference.luma(from: smooth, onto: before), reference.u(from: smooth, onto: before))
        // On the outline a pixel's centre may lie on either side.
        let (wrongLuma, wrongU) = (
            zip(onto.luma, luma).count { abs(Int($0) - Int($1)) > levels },
            zip(onto.u, u).count { abs(Int($0) - Int($1)) > levels }
        )
        #expect(wrongLuma <= 4, "\(greatest(onto.luma, luma)) levels", sourceLocation: sourceLocation)
        #expect(wrongU <= 4, "\(greatest(onto.u, u)) levels", sourceLocation: sourceLocation)
        #expect(greatest(before.luma, luma) > 40, "the reference must draw something, or this proves nothing")
    }

    @Test func onlyPatchesThatShowAreDrawn() {
        var random = SeededGenerator(seed: 5)
        for round in 0..<20 {
            // Neighbouring columns lie anywhere above and below each other: rows of pixels cross many patches.
            let slides = (0..<5).map { _ in round < 10 ? Float(2) : .random(in: -25...25, using: &random) }
            var grid = WarpedGrid(over: Self.part, columns: 5, rows: 8)
            for index in grid.corners.indices { grid.corners[index].target.y += slides[index % 5] }
            grid.shows = grid.shows.map { _ in .random(using: &random) }
            let onto = PixelBuffer(width: Self.width, height: Self.height)
            grid.draw(from: smooth, onto: onto)
            let reference = ReferenceMesh(grid: grid).luma(
                from: smooth, onto: PixelBuffer(width: Self.width, height: Self.height))
            // On an edge, a pixel's centre may lie on either side.
            let wrong = zip(onto.luma, reference).count { abs(Int($0) - Int($1)) > 1 }
            #expect(wrong <= (round < 10 ? 0 : 6), "round \(round)")
        }
    }

    @Test func whatFadesIsDrawnOverWhatIsThere() {
        let (black, white) = (
            PixelBuffer(width: Self.width, height: Self.height), PixelBuffer(width: Self.width, height: Self.height)
        )
        white.luma.update(repeating: 235)
        // From all of it above to nothing below.
        var grid = WarpedGrid(over: PixelBox(left: 20, top: 10, right: 100, bottom: 74), columns: 5, rows: 2)
        for column in 5..<10 { grid.corners[column].opacity = 0 }
        grid.draw(from: white, onto: black, fades: true)
        for y in 0..<Self.height {
            let isInside = (10..<74).contains(y)
            let opacity = isInside ? 1 - (Double(y) + 0.5 - 10) / 64 : 0
            for x in [20, 59, 60, 99] {
                let expected = 16 + (235 - 16) * opacity
                #expect(abs(Double(black.luma[y * Self.width + x]) - expected) <= 1.5, "\(x), \(y)")
            }
            #expect(black.luma[y * Self.width + 19] == 16 && black.luma[y * Self.width + 100] == 16)
        }
        // Without fading it counts for nothing.
        grid.draw(from: white, onto: black)
        #expect(black.luma[70 * Self.width + 60] == 235)
    }
}
