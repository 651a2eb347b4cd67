import Foundation
import TestSupport
import Testing

@testable import AvatarPreparation

struct SimilarityTests {
    @Test(arguments: [(1.0, 0.0, 0.0, 0.0), (1.3, 0.2, 10, -4), (0.8, -0.5, 3, 100), (2, 3, -50, 7)])
    func whatMovedPointsIsFound(scale: Double, rotation: Double, x: Double, y: Double) {
        let points: [SIMD2<Double>] = [[0, 0], [10, 1], [5, 8], [2, 14], [9, 13]]
        let moved = points.map { point in
            SIMD2(
                x + scale * (cos(rotation) * point.x - sin(rotation) * point.y),
                y + scale * (sin(rotation) * point.x + cos(rotation) * point.y))
        }
        let found = Similarity(from: points, to: moved)
        #expect(abs(found.scale - scale) < 1e-9)
        #expect(abs(remainder(found.rotation - rotation, 2 * .pi)) < 1e-9)
        for (point, place) in zip(points, moved) {
            let way = found.place(of: point) - place
            #expect((way * way).sum() < 1e-16)
        }
    }

    @Test func pointsInOnePlaceAreOnlyShifted() {
        let found = Similarity(from: [[1, 1], [1, 1]], to: [[4, 5], [4, 5]])
        #expect(found.scale == 1 && found.place(of: [1, 1]) == [4, 5])
    }
}
