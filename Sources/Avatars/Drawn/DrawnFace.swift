public import Video

/// A face whose mouth is drawn: poses are blended from the drawings of an atlas, and laid where the mouth is.
public final class DrawnFace: Sendable {
    private let atlas: MouthAtlas
    private let placements: [Placement]

    /// Puts the parts together.
    init(_ manifest: DrawnManifest, atlas: MouthAtlas) {
        self.atlas = atlas
        placements = manifest.anchors.map { anchor in
            Placement(
                anchorX: atlas.anchorX, anchorY: atlas.anchorY, x: anchor[0], y: anchor[1], scale: anchor[2],
                rotation: anchor[3])
        }
    }

    /// What ``paint(_:onto:atBaseFrame:using:)`` draws with; one for each task that paints.
    public func makeBrush() -> MouthBrush { MouthBrush(for: atlas) }

    /// Lays the mouth in `pose` onto `picture`, which shows the clip's frame `index`.
    ///
    /// ``MouthPose/rest`` leaves the frame as it is, and poses near it fade into that. Allocates nothing.
    /// - Parameters:
    ///   - picture: of the avatar's size; see ``Avatar/copyBaseFrame(_:into:)``.
    ///   - index: any number, 0 or more; the clip loops.
    ///   - brush: from ``makeBrush()`` of this face.
    public func paint(
        _ pose: MouthPose, onto picture: PixelBuffer, atBaseFrame index: Int, using brush: MouthBrush
    ) {
        brush.paint(pose, of: atlas, onto: picture, at: placements[index % placements.count])
    }
}
