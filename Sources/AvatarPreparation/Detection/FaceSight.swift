/// What was found in one frame.
struct FaceSight: Codable, Equatable {
    /// All faces, the surest first.
    var faces: [DetectedFace]
    /// 68 landmarks of one of them, if there is a detector for these.
    var landmarks: [SIMD2<Double>]?

    /// A face of the frame, with what the landmarks say of it, if they are its own.
    func refined(_ face: FaceShape) -> FaceShape {
        guard let landmarks, landmarks.count == 68 else { return face }
        var refined = face
        refined.refine(with: landmarks)
        // They have no brow: a face that is theirs covers most of what lies below it.
        return refined.overlap(with: face) > 0.5 ? refined : face
    }
}
