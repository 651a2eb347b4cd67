public import Video

/// What a face parser trained on CelebAMask-HQ sees: for each pixel of a square, one of 19 parts of a head.
public struct ParsedFace: Sendable, Equatable {
    /// Width and height.
    public static let size = 512
    /// How many parts it tells from each other.
    static let partCount = 19

    /// The part at each pixel, row by row.
    public let labels: [UInt8]

    /// Skin, and skin alone: eyes, brows and lips have labels of their own.
    private static let skin: UInt8 = 1
    private static let nose: UInt8 = 10
    /// The opening of the mouth, the upper and the lower lip.
    private static let mouth: ClosedRange<UInt8> = 11...13
    private static let neck: UInt8 = 14

    /// - Precondition: there are `size * size` labels.
    public init(labels: [UInt8]) {
        precondition(labels.count == Self.size * Self.size)
        self.labels = labels
    }

    /// 255 where a part belongs to the region, as `FaceParsing` of `musetalk/utils/face_parsing` has it.
    public func mask(of region: FaceRegion) -> GrayImage {
        let skin = PixelSet(size: Self.size) { labels[$0] == Self.skin }
        let chosen: PixelSet
        switch region {
        case .face: chosen = skin
        case .faceAndNeck: chosen = PixelSet(size: Self.size) { skin.contains($0) || labels[$0] == Self.neck }
        case .jaw(let leftCheek, let rightCheek):
            let enlarged = skin.dilatedByDrop()
            let drawnIn = enlarged.erodedByCross().erodedByCross()
            // Both borders belong to the cheeks.
            let middle =
                (Self.size / 2 - leftCheek + 1)..<max(Self.size / 2 - leftCheek + 1, Self.size / 2 + rightCheek)
            chosen = PixelSet(size: Self.size) { index in
                let isMiddle = middle.contains(index % Self.size)
                return labels[index] != Self.nose && (isMiddle ? enlarged : drawnIn).contains(index)
            }
        }
        let pixels = labels.indices.map { index -> UInt8 in
            chosen.contains(index) || Self.mouth.contains(labels[index]) ? 255 : 0
        }
        return GrayImage(width: Self.size, height: Self.size, pixels: pixels)
    }
}
