import TestSupport
import Testing
import Video

@testable import Avatars

/// What of the head need not be drawn, since the face is drawn over it.
@Suite(.timeLimit(.minutes(10))) struct RigCoverTests {
    /// The same grid elsewhere, so that nothing lies over it.
    private static func elsewhere(_ head: RigGrid) -> RigGrid {
        RigGrid(
            columns: head.columns, rows: head.rows, places: head.places.map { $0 + 100_000 }, pulls: head.pulls)
    }

    @Test(arguments: 0..<24) func whatIsCoveredIsNeverSeen(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let face = RigLandmarks.plausible(using: &random)
        // As large as in an avatar.
        let upright = face.turned(by: -face.roll)
        let unit = 60 / (upright[.rightEyeOuter].x - upright[.leftEyeOuter].x)
        let proportions = FaceProportions(upright.mapped { ($0 - upright[.nose]) * unit + SIMD2(150, 170) })
        let (mesh, head) = (RigMesh(proportions), RigGrid.head(proportions))
        let brushes = [head, Self.elsewhere(head)].map { RigBrush(for: mesh, head, RigCover(of: $0, by: mesh)) }
        let source = PixelBuffer(width: 300, height: 340)
        for index in source.bytes.indices { source.bytes[index] = .random(in: 16...235, using: &random) }
        for round in 0..<20 {
            let controls = RigControls(.random(using: &random))
            let pictures = brushes.map { brush in
                let picture = PixelBuffer(width: 300, height: 340)
                picture.copy(from: source)
                brush.pull(controls, at: UprightPlacement(Placement(anchorX: 0, anchorY: 0, x: 0, y: 0)))
                if !controls.keepHead { brush.drawHead(from: source, onto: picture) }
                brush.drawFace(from: source, onto: picture)
                return picture
            }
            let different = source.bytes.indices.count { pictures[0].bytes[$0] != pictures[1].bytes[$0] }
            #expect(different == 0, "round \(round)")
        }
    }

    @Test func muchOfAHeadIsCoveredByAFaceThatSpeaks() {
        let proportions = FaceProportions(RigLandmarks(TinyFace.landmarks))
        let (mesh, head) = (RigMesh(proportions), RigGrid.head(proportions))
        let cover = RigCover(of: head, by: mesh)
        func hidden(_ shows: Bool) -> Int {
            let all = mesh.grid.places.map { _ in shows }
            return head.places.indices.count { cover.hides($0, where: all) }
        }
        #expect(hidden(false) == 0)
        #expect(hidden(true) > head.places.count / 3)
    }
}
