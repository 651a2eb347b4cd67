import Avatars
import Video

extension Avatar {
    /// The clip's frame `index`, with the rigged face in `pose`.
    func painted(_ pose: FacePose, atBaseFrame index: Int = 0) throws -> PixelBuffer {
        let face = try riggedFace(for: "test")
        let picture = PixelBuffer(width: width, height: height)
        face.paint(pose, atBaseFrame: index, into: picture, using: face.makeBrush())
        return picture
    }

    /// The clip's frame `index`.
    func baseFrame(_ index: Int = 0) -> PixelBuffer {
        let picture = PixelBuffer(width: width, height: height)
        copyBaseFrame(index, into: picture)
        return picture
    }
}
