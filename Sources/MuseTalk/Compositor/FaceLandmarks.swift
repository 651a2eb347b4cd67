/// The five points that face detectors such as SCRFD find, in pixels of the frame; left and right as in the picture.
public struct FaceLandmarks: Sendable, Equatable {
    /// The eye that is left in the picture.
    public var leftEye: SIMD2<Double>
    /// The eye that is right in the picture.
    public var rightEye: SIMD2<Double>
    /// The tip of the nose.
    public var nose: SIMD2<Double>
    /// The corner of the mouth that is left in the picture.
    public var leftMouth: SIMD2<Double>
    /// The corner of the mouth that is right in the picture.
    public var rightMouth: SIMD2<Double>

    /// Puts the parts together, in the order in which SCRFD gives them.
    public init(
        leftEye: SIMD2<Double>, rightEye: SIMD2<Double>, nose: SIMD2<Double>, leftMouth: SIMD2<Double>,
        rightMouth: SIMD2<Double>
    ) {
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.leftMouth = leftMouth
        self.rightMouth = rightMouth
    }
}
