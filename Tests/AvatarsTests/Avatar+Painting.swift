import Avatars
import Testing
import Video

extension Avatar {
    /// Makes `picture` the clip's frame `index` with its drawn mouth in `pose`.
    func paint(_ pose: MouthPose, onBaseFrame index: Int, into picture: PixelBuffer, using brush: MouthBrush) {
        guard case .drawn(let face) = face else {
            Issue.record("\(id) has no drawn face")
            return
        }
        copyBaseFrame(index, into: picture)
        face.paint(pose, onto: picture, atBaseFrame: index, using: brush)
    }

    /// What ``paint(_:onBaseFrame:into:using:)`` draws with.
    func makeBrush() throws -> MouthBrush { try drawnFace(for: "test").makeBrush() }
}
