import Foundation
public import Video

/// A face that is moved by warping its picture: a mesh over it is pulled as the pose says, and behind the lips there is a
/// mouth that is drawn.
public final class RiggedFace: Sendable {
    /// What moves the head while nothing is said.
    enum Idle {
        /// The pictures themselves, one after the other; for each how closed the eyes are, or nothing where they are open.
        case clip(lids: [Float])
        /// The rig, over the first picture: a loop.
        case rig([HeadPose])
    }

    private let mesh: RigMesh
    private let head: RigGrid
    private let cover: RigCover
    private let mouthHalf: Double
    private let inside: MouthInside
    private let pictures: BaseClip
    /// For each picture how the upright face lies in it.
    private let placements: [Placement]
    private let idle: Idle

    /// Puts the parts together.
    /// - Parameters:
    ///   - face: upright.
    ///   - pictures: what is warped.
    ///   - placements: of the upright face in each of them.
    init(
        _ face: RigLandmarks, inside: MouthInside, pictures: BaseClip, placements: [Placement], idle: Idle
    ) {
        let proportions = FaceProportions(face)
        mesh = RigMesh(proportions)
        head = .head(proportions)
        cover = RigCover(of: head, by: mesh)
        mouthHalf = (face[.mouthRight].x - face[.mouthLeft].x) / 2
        self.inside = inside
        self.pictures = pictures
        self.placements = placements
        self.idle = idle
    }

    /// Reads what `manifest` describes.
    /// - Parameter motion: what the head does over a single picture.
    convenience init(
        _ manifest: RiggedManifest, pictures: BaseClip, motion: [HeadPose] = IdleMotion.idle, in folder: URL
    ) throws(AvatarError) {
        let inside: MouthInside
        if let description = manifest.inside {
            inside = try MouthInside(in: folder, as: description)
        } else {
            inside = try .usual()
        }
        let face = manifest.landmarks
        let center = face[.lipLine]
        let anchors = manifest.clip?.anchors ?? [[center.x, center.y, 1, face.roll]]
        self.init(
            face.turned(by: -face.roll), inside: inside, pictures: pictures,
            placements: anchors.map {
                Placement(anchorX: center.x, anchorY: center.y, x: $0[0], y: $0[1], scale: $0[2], rotation: $0[3])
            },
            idle: manifest.clip.map { .clip(lids: $0.lids) } ?? .rig(motion))
    }

    /// Frames until the first is shown again.
    var frameCount: Int {
        switch idle {
        case .clip: pictures.count
        case .rig(let motion): motion.count
        }
    }

    /// The face and what is around it in the first picture, as far as that reaches: what moves.
    public func surroundings(width: Int, height: Int) -> PixelBox {
        let upright = UprightPlacement(placements[0])
        let places = head.places.map(upright.picturePlace(of:))
        let (xs, ys) = (places.map { Double($0.x) }, places.map { Double($0.y) })
        func whole(_ value: Double?, _ limit: Int) -> Int { min(max(Int((value ?? 0).rounded()), 0), limit) }
        return PixelBox(
            left: whole(xs.min(), width), top: whole(ys.min(), height), right: whole(xs.max(), width),
            bottom: whole(ys.max(), height))
    }

    /// What ``paint(_:atBaseFrame:into:using:)`` draws with; one for each task that paints.
    public func makeBrush() -> RigBrush { RigBrush(for: mesh, head, cover) }

    /// Whether the eyes close of themselves about then: nobody blinks twice in a second.
    /// - Parameter frames: of the idle clip; any numbers, it loops.
    public func blinks(in frames: ClosedRange<Int>) -> Bool {
        let count = frameCount
        return frames.contains { frame in
            let index = (frame % count + count) % count
            return switch idle {
            case .clip(let lids): !lids.isEmpty && lids[pictures.number(at: index)] > 0.3
            case .rig(let motion): motion[index].lids > 0.3
            }
        }
    }

    /// Makes `picture` the clip's frame `index`, with the face in `pose`.
    ///
    /// ``FacePose/rest`` leaves the frame as it is. Allocates nothing.
    /// - Parameters:
    ///   - pose: what is done beside what the clip does; eyes that are closed in the clip are not closed once more.
    ///   - index: any number, 0 or more; the clip loops.
    ///   - picture: of the avatar's size.
    ///   - brush: from ``makeBrush()`` of this face.
    public func paint(
        _ pose: FacePose, atBaseFrame index: Int, into picture: PixelBuffer, using brush: RigBrush
    ) {
        let number = pictures.number(at: index)
        let source = pictures.pictures[number]
        picture.copy(from: source)
        let controls = RigControls(FacePose(mouth: pose.mouth, head: head(pose.head, atBaseFrame: index)))
        guard !controls.areAtRest else { return }
        let placement = placements[number]
        brush.pull(controls, at: UprightPlacement(placement))
        if !controls.keepHead { brush.drawHead(from: source, onto: picture) }
        if controls.showInside {
            inside.paint(
                controls, onto: picture, at: placement, half: mouthHalf, moved: brush.shiftOfLips(controls),
                within: brush.opening)
        }
        brush.drawFace(from: source, onto: picture)
        if controls.showInside { brush.softenLips(from: source, onto: picture) }
    }

    private func head(_ wanted: HeadPose, atBaseFrame index: Int) -> HeadPose {
        switch idle {
        case .clip(let lids):
            var head = wanted
            if !lids.isEmpty { head.lids *= 1 - lids[pictures.number(at: index)] }
            return head
        case .rig(let motion): return wanted + motion[index % motion.count]
        }
    }
}
