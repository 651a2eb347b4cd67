import Avatars
import Video

/// The parts of a layered drawing, drawn one by one: where the face's landmarks are, and what is between the lips.
struct DrawnParts {
    /// What is visible of each part.
    let shapes: [DrawingPart: DrawnShape]
    /// Each part's picture, as large as the drawing.
    let pictures: [DrawingPart: RGBAImage]

    init(_ pictures: [DrawingPart: RGBAImage]) {
        self.pictures = pictures
        shapes = pictures.compactMapValues { DrawnShape($0) }
    }

    /// Where the parts of the face are; nil if one of the needed parts is not visible.
    var landmarks: RigLandmarks? {
        guard let face = shapes[.face], let leftEye = shapes[.leftEye], let rightEye = shapes[.rightEye],
            let leftBrow = shapes[.leftBrow], let rightBrow = shapes[.rightBrow], let upper = shapes[.upperLip],
            let lower = shapes[.lowerLip]
        else { return nil }
        let corners = (upper.corners.left, upper.corners.right)
        let middle = (corners.0.x + corners.1.x) / 2
        let upperEdges = upper.rows(atColumn: middle) ?? (upper.top, upper.bottom)
        let lowerEdges = lower.rows(atColumn: middle) ?? (lower.top, lower.bottom)
        let jaw = face.columns(atRow: corners.0.y) ?? (face.left, face.right)
        let eyes = (leftEye.center.y + rightEye.center.y) / 2
        let curve = (1...11).compactMap { step -> SIMD2<Double>? in
            let x = corners.0.x + (corners.1.x - corners.0.x) * Double(step) / 12
            return upper.rows(atColumn: x).map { SIMD2(x, $0.bottom) }
        }
        return RigLandmarks(
            [
                .leftEyeOuter: leftEye.corners.left, .leftEyeTop: SIMD2(leftEye.center.x, leftEye.top),
                .leftEyeInner: leftEye.corners.right, .leftEyeBottom: SIMD2(leftEye.center.x, leftEye.bottom),
                .rightEyeInner: rightEye.corners.left, .rightEyeTop: SIMD2(rightEye.center.x, rightEye.top),
                .rightEyeOuter: rightEye.corners.right, .rightEyeBottom: SIMD2(rightEye.center.x, rightEye.bottom),
                .leftBrow: leftBrow.center, .rightBrow: rightBrow.center,
                // A drawn nose is shading without an edge: its lower end is where it is in most faces.
                .nose: SIMD2(middle, eyes + Self.noseShare * (upperEdges.top - eyes)),
                .mouthLeft: corners.0, .mouthRight: corners.1, .upperLip: SIMD2(middle, upperEdges.top),
                .lipLine: SIMD2(middle, upperEdges.bottom), .lowerLip: SIMD2(middle, lowerEdges.bottom),
                .chin: SIMD2(middle, face.bottom), .jawLeft: SIMD2(jaw.left, corners.0.y),
                .jawRight: SIMD2(jaw.right, corners.1.y),
                .headTop: SIMD2(middle, min(shapes[.hair]?.top ?? face.top, face.top)),
            ], lipCurve: curve)
    }

    /// From the eyes (0) to the upper lip (1).
    private static let noseShare = 0.74

    /// What is seen between the lips; nil if the drawing has nothing of it.
    func inside(_ landmarks: RigLandmarks) -> RiggedBundle.Inside? {
        guard let upper = pictures[.upperTeeth], let lower = pictures[.lowerTeeth], let tongue = pictures[.tongue]
        else { return nil }
        let half = (landmarks[.mouthRight].x - landmarks[.mouthLeft].x) / 2
        let lips = landmarks[.lipLine]
        // Even edges: chroma has half as many pixels.
        let area = PixelBox(
            left: Int(lips.x - 1.4 * half) & ~1, top: Int(lips.y - 0.8 * half) & ~1,
            right: (Int(lips.x + 1.4 * half) | 1) + 1, bottom: (Int(lips.y + 1.8 * half) | 1) + 1)
        return RiggedBundle.Inside(
            pictures: [
                "hollow": .hollow(width: area.width, height: area.height), "upper-teeth": upper.cut(area),
                "lower-teeth": lower.cut(area), "tongue": tongue.cut(area),
            ], unit: half, anchor: lips - SIMD2(Double(area.left), Double(area.top)))
    }
}

extension RGBAImage {
    /// A part of it; what lies outside is transparent.
    fileprivate func cut(_ area: PixelBox) -> RGBAImage {
        var pixels = [UInt8](repeating: 0, count: area.width * area.height * 4)
        for y in max(area.top, 0)..<max(max(area.top, 0), min(area.bottom, height)) {
            for x in max(area.left, 0)..<max(max(area.left, 0), min(area.right, width)) {
                let (from, to) = ((y * width + x) * 4, ((y - area.top) * area.width + x - area.left) * 4)
                for channel in 0..<4 { pixels[to + channel] = self.pixels[from + channel] }
            }
        }
        return RGBAImage(width: area.width, height: area.height, pixels: pixels)
    }

    /// The dark of an open mouth: warm, and darkest in the middle.
    fileprivate static func hollow(width: Int, height: Int) -> RGBAImage {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 4)
        for y in 0..<height {
            for x in 0..<width {
                let (u, v) = (2 * Double(x) / Double(width) - 1, 2 * Double(y) / Double(height) - 1)
                let light = min(1, (u * u + v * v).squareRoot())
                pixels += [UInt8(28 + 30 * light), UInt8(9 + 10 * light), UInt8(8 + 10 * light), 255]
            }
        }
        return RGBAImage(width: width, height: height, pixels: pixels)
    }
}
