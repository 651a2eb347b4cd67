import Video

/// What painting a mouth needs besides the avatar: a scratch sprite, allocated once.
///
/// Made by ``DrawnFace/makeBrush()`` for that face's drawings. It belongs to one task at a time: it is not `Sendable`.
public final class MouthBrush {
    private let brush: SpriteBrush

    init(for atlas: MouthAtlas) { brush = SpriteBrush(width: atlas.width, height: atlas.height) }

    /// Blends the drawings of `pose`, and lays them onto `picture`.
    func paint(_ pose: MouthPose, of atlas: MouthAtlas, onto picture: PixelBuffer, at placement: Placement) {
        brush.clear()
        var isEmpty = true
        atlas.forEachLayer(of: pose) { sprite, weight in
            brush.add(sprite, weight: weight)
            isEmpty = false
        }
        if !isEmpty { brush.paint(onto: picture, at: placement) }
    }
}
