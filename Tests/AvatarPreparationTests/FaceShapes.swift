import MuseTalk

@testable import AvatarPreparation

extension FaceShape {
    /// A face of 100×120 pixels, its points where they usually are.
    static func standard(x: Double = 200, y: Double = 150, scale: Double = 1) -> FaceShape {
        func place(_ column: Double, _ row: Double) -> SIMD2<Double> { SIMD2(x + column * scale, y + row * scale) }
        return FaceShape(
            box: SIMD4(x, y, x + 100 * scale, y + 120 * scale),
            points: [place(30, 45), place(70, 45), place(50, 72), place(33, 92), place(67, 92)])
    }
}
