import Foundation
import Video

/// What is seen between the lips: a dark hollow, teeth and a tongue. Drawn pictures of one size.
struct MouthInside: Sendable {
    /// A part, from back to front.
    enum Part: String, CaseIterable {
        case hollow, lowerTeeth = "lower-teeth", tongue, upperTeeth = "upper-teeth"

        /// Its file in a bundle.
        var fileName: String { "inside-\(rawValue).png" }
    }

    /// Where a part goes, in halves of the mouth's width, when jaw and tongue move.
    private static func shift(of part: Part, _ controls: RigControls) -> Float {
        switch part {
        // They are fixed to the skull, and to the jaw. The lower lip covers the lower teeth until it leaves them.
        case .hollow: 0.25 * controls[.part]
        case .upperTeeth: 0
        case .lowerTeeth: 0.84 * controls[.part]
        case .tongue: 0.62 * controls[.part] - 0.42 * controls.tongue * min(1, 2.5 * controls[.part])
        }
    }

    private let sprites: [Sprite]
    /// Pixels of the pictures for half the width of the mouth.
    private let unit: Double
    /// The point of the pictures that lies on the middle of the lips.
    private let anchor: SIMD2<Double>

    /// Reads the parts from a folder.
    init(in folder: URL, as description: RiggedManifest.Inside) throws(AvatarError) {
        var sprites: [Sprite] = []
        for part in Part.allCases {
            let file = folder.appending(path: part.fileName)
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw .missingFile(file.path, purpose: "a picture of what is seen between the lips")
            }
            do {
                let image = try RGBAImage(contentsOf: file)
                guard image.width.isMultiple(of: 2), image.height.isMultiple(of: 2), image.width <= 2048,
                    image.height <= 2048
                else {
                    throw AvatarError.media(
                        file: file.path, found: "\(image.width)×\(image.height) pixels",
                        expected: "even numbers, 2048 at most")
                }
                sprites.append(Sprite(image))
            } catch {
                throw AvatarError(error)
            }
        }
        self.sprites = sprites
        unit = description.unit
        anchor = SIMD2(description.anchor[0], description.anchor[1])
    }

    /// What comes with Visavis, for faces that bring none of their own.
    static func usual() throws(AvatarError) -> MouthInside {
        let folder = (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appending(path: "Mouth")
        return try MouthInside(in: folder, as: RiggedManifest.Inside(unit: 100, anchor: [160, 100]))
    }

    /// Paints it, to be covered by the lips.
    /// - Parameters:
    ///   - lips: where the middle of the lips is, and how large and how turned the face is.
    ///   - half: half the width of the mouth in pixels of the upright face.
    ///   - moved: how the head has moved the middle of the lips.
    ///   - opening: what is not covered.
    func paint(
        _ controls: RigControls, onto picture: PixelBuffer, at lips: Placement, half: Double, moved: SIMD2<Float>,
        within opening: PixelBox
    ) {
        let (sine, cosine) = (sin(lips.rotation), cos(lips.rotation))
        for (part, sprite) in zip(Part.allCases, sprites) {
            let down = Double(Self.shift(of: part, controls)) * half + Double(moved.y)
            let aside = Double(moved.x)
            sprite.paint(
                onto: picture,
                at: Placement(
                    anchorX: anchor.x, anchorY: anchor.y,
                    x: lips.x + lips.scale * (cosine * aside - sine * down),
                    y: lips.y + lips.scale * (sine * aside + cosine * down),
                    scale: lips.scale * half / unit, rotation: lips.rotation),
                within: opening)
        }
    }
}
