public import Avatars
public import Foundation
import Video

/// What a rigged face looks like in the poses of speech, on one picture, to be judged by eye.
///
/// Sixteen mouths, then eyes, brows and head; four in a row, in the order of ``poses``.
public enum PoseSheet {
    /// What is shown, and what it is.
    public static let poses: [(name: String, pose: FacePose)] = [
        ("rest", .rest),
        ("M B P", FacePose(mouth: MouthShape(closure: 1))),
        ("AA", FacePose(mouth: MouthShape(jaw: 0.75, width: 0.1, upperLip: 0.3, lowerLip: 0.3))),
        ("AE", FacePose(mouth: MouthShape(jaw: 0.55, width: 0.6, upperLip: 0.5, lowerLip: 0.4))),
        ("EH", FacePose(mouth: MouthShape(jaw: 0.38, width: 0.4, upperLip: 0.4, lowerLip: 0.3))),
        ("IH", FacePose(mouth: MouthShape(jaw: 0.22, width: 0.5, upperLip: 0.4, lowerLip: 0.4))),
        ("EE", FacePose(mouth: MouthShape(jaw: 0.16, width: 1, upperLip: 0.55, lowerLip: 0.5))),
        ("OH", FacePose(mouth: MouthShape(jaw: 0.45, rounding: 0.7, upperLip: 0.2, lowerLip: 0.2))),
        ("OO", FacePose(mouth: MouthShape(jaw: 0.18, rounding: 1, upperLip: 0.2, lowerLip: 0.3))),
        ("W", FacePose(mouth: MouthShape(jaw: 0.06, rounding: 1, upperLip: 0.1, lowerLip: 0.2))),
        ("UH", FacePose(mouth: MouthShape(jaw: 0.32, upperLip: 0.2, lowerLip: 0.3))),
        ("F V", FacePose(mouth: MouthShape(jaw: 0.08, width: 0.15, upperLip: 0.5, bite: 1))),
        ("S Z", FacePose(mouth: MouthShape(jaw: 0.06, width: 0.45, upperLip: 0.7, lowerLip: 0.8))),
        ("CH SH", FacePose(mouth: MouthShape(jaw: 0.1, rounding: 0.6, upperLip: 0.8, lowerLip: 0.8))),
        ("L", FacePose(mouth: MouthShape(jaw: 0.34, width: 0.2, upperLip: 0.3, lowerLip: 0.3, tongue: 1))),
        ("TH D N", FacePose(mouth: MouthShape(jaw: 0.2, width: 0.2, upperLip: 0.4, lowerLip: 0.4, tongue: 0.8))),
        ("eyes closed", FacePose(head: HeadPose(lids: 1))),
        ("brows raised", FacePose(mouth: MouthShape(jaw: 0.2), head: HeadPose(brows: 1))),
        ("head down", FacePose(mouth: MouthShape(jaw: 0.4), head: HeadPose(nod: 1))),
        ("turned, tilted", FacePose(mouth: MouthShape(jaw: 0.3, width: 0.5), head: HeadPose(turn: 1, tilt: 1))),
    ]

    private static let columns = 4
    private static let cell = 320

    /// Writes the sheet.
    /// - Parameter index: the frame of the idle clip on which it is painted.
    /// - Throws: ``Avatars/AvatarError`` for a face without a rig, or for a file that cannot be written.
    public static func write(of avatar: Avatar, atBaseFrame index: Int = 0, to file: URL) throws(AvatarError) {
        let face = try avatar.riggedFace(for: "viseme")
        let brush = face.makeBrush()
        let picture = PixelBuffer(width: avatar.width, height: avatar.height)
        let box = face.surroundings(width: avatar.width, height: avatar.height)
        let height = cell * box.height / box.width
        let rows = (poses.count + columns - 1) / columns
        var image = RGBAImage(
            width: columns * cell, height: rows * height,
            pixels: [UInt8](repeating: 255, count: columns * cell * rows * height * 4))
        let scaler = RGBScaler(width: avatar.width * cell / box.width, height: avatar.height * cell / box.width)
        var pixels = [UInt8](repeating: 0, count: scaler.width * scaler.height * 3)
        let (left, top) = (box.left * cell / box.width, box.top * cell / box.width)
        do {
            for (number, (_, pose)) in poses.enumerated() {
                face.paint(pose, atBaseFrame: index, into: picture, using: brush)
                try pixels.withUnsafeMutableBufferPointer { pixels throws(VideoFileError) in
                    try scaler.scale(picture, to: pixels, stride: scaler.width * 3)
                }
                for y in 0..<min(height, scaler.height - top) {
                    for x in 0..<min(cell, scaler.width - left) {
                        let source = ((top + y) * scaler.width + left + x) * 3
                        let target =
                            ((number / columns * height + y) * image.width + number % columns * cell + x) * 4
                        for channel in 0..<3 { image.pixels[target + channel] = pixels[source + channel] }
                    }
                }
            }
            let data = Data(try PNG.encode(image))
            guard (try? data.write(to: file)) != nil else {
                throw AvatarError.cannotWrite(file: file.path, reason: "the folder is missing or may not be written to")
            }
        } catch {
            throw (error as? AvatarError) ?? .video("\(error)")
        }
    }
}
