import Foundation

/// What moves points as a rigid face in a plane does: turned, enlarged and shifted, so that it fits best (least squares,
/// Umeyama 1991, "Least-squares estimation of transformation parameters between two point patterns").
struct Similarity {
    /// How much larger it becomes.
    let scale: Double
    /// Radians, clockwise on the screen.
    let rotation: Double

    private let from: SIMD2<Double>
    private let to: SIMD2<Double>

    /// - Precondition: as many points on both sides, and not all in one place.
    init(from first: [SIMD2<Double>], to second: [SIMD2<Double>]) {
        precondition(first.count == second.count && !first.isEmpty)
        let count = Double(first.count)
        from = first.reduce(.zero, +) / count
        to = second.reduce(.zero, +) / count
        var (dot, cross, spread) = (0.0, 0.0, 0.0)
        for (a, b) in zip(first, second) {
            let (p, q) = (a - from, b - to)
            dot += (p * q).sum()
            cross += p.x * q.y - p.y * q.x
            spread += (p * p).sum()
        }
        rotation = atan2(cross, dot)
        scale = spread > 0 ? (dot * dot + cross * cross).squareRoot() / spread : 1
    }

    /// Where it moves a point.
    func place(of point: SIMD2<Double>) -> SIMD2<Double> {
        let way = (point - from) * scale
        let (sine, cosine) = (sin(rotation), cos(rotation))
        return to + SIMD2(cosine * way.x - sine * way.y, sine * way.x + cosine * way.y)
    }
}
