/// Which part of a face the generated one replaces, where a face parser tells the parts; MuseTalk's `--parsing_mode`.
public enum FaceRegion: Sendable, Equatable {
    /// Skin and mouth: MuseTalk 1.0's.
    case face
    /// Skin, mouth and neck.
    case faceAndNeck
    /// Skin, enlarged where the jaw moves, and drawn in at the cheeks; mouth; no nose: MuseTalk 1.5's.
    /// - Parameters:
    ///   - leftCheek: pixels of the parser's 512 from the middle to where the left cheek begins.
    ///   - rightCheek: the same on the right.
    case jaw(leftCheek: Int = 90, rightCheek: Int = 90)
}
