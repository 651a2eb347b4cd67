import Foundation
import Video

/// What painting a rigged face needs besides the avatar: the corners of its mesh, allocated once.
///
/// Made by ``RiggedFace/makeBrush()`` for that face. It belongs to one task at a time: it is not `Sendable`.
public final class RigBrush {
    private let mesh: RigMesh
    private let head: RigGrid
    private let cover: RigCover
    private let warp: MeshWarp
    /// Each corner of the mesh, where it is and where it goes.
    private(set) var corners: [MeshWarp.Corner]
    /// Where each goes in the upright face.
    private var places: [SIMD2<Float>]
    /// True for each corner that goes elsewhere than the head around it.
    private var moves: [Bool]
    /// For each corner whether the patch that begins there is drawn.
    private var shows: [Bool]
    private var headCorners: [MeshWarp.Corner]
    private var headShows: [Bool]
    /// The edge of a lip, and where it has faded away: two rows.
    private var rim: [MeshWarp.Corner]
    private let rimShows: [Bool]

    /// A corner that goes less far is where it was, in pixels.
    private static let stillness: Float = 0.04
    /// How far the lips' edges fade over what is behind them, in pixels.
    private static let softness: Float = 1.2

    init(for mesh: RigMesh, _ head: RigGrid, _ cover: RigCover) {
        self.mesh = mesh
        self.head = head
        self.cover = cover
        warp = MeshWarp(columns: max(mesh.grid.columns, head.columns))
        corners = mesh.grid.places.map { MeshWarp.Corner(target: $0, source: $0) }
        places = mesh.grid.places
        moves = mesh.grid.places.map { _ in false }
        shows = moves
        headCorners = head.places.map { MeshWarp.Corner(target: $0, source: $0) }
        headShows = head.places.map { _ in true }
        rim = Array(repeating: MeshWarp.Corner(target: .zero, source: .zero), count: 2 * mesh.mouthColumns.count)
        rimShows = rim.map { _ in true }
    }

    /// Moves the corners as `controls` pull.
    /// - Parameter placement: how the upright face lies in the picture.
    func pull(_ controls: RigControls, at placement: UprightPlacement) {
        let grid = mesh.grid
        for index in corners.indices {
            var pull = grid.pull(controls, at: index, of: RigControl.ofFace)
            var place = grid.places[index] + pull + grid.pull(controls, at: index, of: RigControl.ofHead)
            if index >= grid.columns {
                // Where a pose needs more room than a face has, rows lie on each other: they never cross.
                let down = max(0, places[index - grid.columns].y - place.y)
                pull.y += down
                place.y += down
            }
            places[index] = place
            moves[index] = max(abs(pull.x), abs(pull.y)) > Self.stillness
            corners[index].source = placement.picturePlace(of: grid.places[index])
            corners[index].target = placement.picturePlace(of: place)
        }
        let mouthIsOpen = controls.showInside
        for row in 0..<(grid.rows - 1) {
            for column in 0..<(grid.columns - 1) {
                let (a, b) = (row * grid.columns + column, (row + 1) * grid.columns + column)
                // What was painted behind the lips is covered by what is around them.
                let isAtMouth = mesh.mouthArea.rows.contains(row) && mesh.mouthArea.columns.contains(column)
                shows[a] = moves[a] || moves[a + 1] || moves[b] || moves[b + 1] || mouthIsOpen && isAtMouth
            }
        }
        guard !controls.keepHead else { return }
        for index in headCorners.indices {
            headShows[index] = !cover.hides(index, where: shows)
            headCorners[index].source = placement.picturePlace(of: head.places[index])
            headCorners[index].target = placement.picturePlace(
                of: head.places[index] + head.pull(controls, at: index, of: RigControl.ofHead))
        }
    }

    /// How far the head takes the middle of the lips along, in pixels of the upright face.
    func shiftOfLips(_ controls: RigControls) -> SIMD2<Float> {
        let middle = (mesh.mouthColumns.lowerBound + mesh.mouthColumns.upperBound) / 2
        return mesh.grid.pull(
            controls, at: mesh.seam * mesh.grid.columns + middle,
            of: RigControl.ofHead)
    }

    /// What may be seen between the lips.
    var opening: PixelBox {
        var (low, high) = (SIMD2<Float>(repeating: .infinity), SIMD2<Float>(repeating: -.infinity))
        for row in [mesh.seam, mesh.seam + 1] {
            for column in mesh.mouthColumns {
                let place = corners[row * mesh.grid.columns + column].target
                low = pointwiseMin(low, place)
                high = pointwiseMax(high, place)
            }
        }
        guard low.x > -16_384, low.y > -16_384, high.x < 16_384, high.y < 16_384 else {
            return PixelBox(left: 0, top: 0, right: 0, bottom: 0)
        }
        return PixelBox(
            left: Int(low.x) - 2, top: Int(low.y) - 2, right: Int(high.x) + 3, bottom: Int(high.y) + 3)
    }

    /// Draws the head, if it moves as a whole.
    func drawHead(from source: PixelBuffer, onto picture: PixelBuffer) {
        headCorners.withUnsafeBufferPointer { corners in
            headShows.withUnsafeBufferPointer { shows in
                warp.draw(corners, columns: head.columns, shows: shows, from: source, onto: picture)
            }
        }
    }

    /// Draws what moves in the face: what goes with the upper lip, and what goes with the lower one.
    func drawFace(from source: PixelBuffer, onto picture: PixelBuffer) {
        let columns = mesh.grid.columns
        let cut = (mesh.seam + 1) * columns
        corners.withUnsafeBufferPointer { corners in
            shows.withUnsafeBufferPointer { shows in
                for part in [0..<cut, cut..<corners.count] {
                    warp.draw(
                        UnsafeBufferPointer(rebasing: corners[part]), columns: columns,
                        shows: UnsafeBufferPointer(rebasing: shows[part]), from: source, onto: picture)
                }
            }
        }
    }

    /// Pixels are wholly lip or not: rims that fade make the edges between the lips and an open mouth smooth.
    func softenLips(from source: PixelBuffer, onto picture: PixelBuffer) {
        let count = mesh.mouthColumns.count
        for lip in [0, 1] {
            for (index, column) in mesh.mouthColumns.enumerated() {
                let edge = (mesh.seam + lip) * mesh.grid.columns + column
                let other = (mesh.seam + 1 - lip) * mesh.grid.columns + column
                // Along the lip, from the neighbour on one side to the one on the other.
                let (before, after) = (column > mesh.mouthColumns.lowerBound, column < mesh.mouthColumns.upperBound)
                let along = corners[edge + (after ? 1 : 0)].target - corners[edge - (before ? 1 : 0)].target
                // The upper lip fades downwards, the lower one upwards.
                let across = lip == 0 ? SIMD2(-along.y, along.x) : SIMD2(along.y, -along.x)
                rim[lip * count + index] = corners[edge]
                rim[(1 - lip) * count + index] = faded(corners[edge], from: corners[other].target, across)
            }
            rim.withUnsafeBufferPointer { rim in
                rimShows.withUnsafeBufferPointer { shows in
                    warp.draw(rim, columns: count, shows: shows, fades: true, from: source, onto: picture)
                }
            }
        }
    }

    /// Where an edge has faded away: straight across it. Where the other lip is nearer than that, a part of it is left there,
    /// so that a slit is the less seen the thinner it is, and does not appear at once.
    private func faded(
        _ edge: MeshWarp.Corner, from other: SIMD2<Float>, _ across: SIMD2<Float>
    ) -> MeshWarp.Corner {
        func length(_ way: SIMD2<Float>) -> Float { (way * way).sum().squareRoot() }
        let reach = min(Self.softness, length(other - edge.target) / 2)
        return MeshWarp.Corner(
            target: edge.target + across * (reach / max(length(across), 0.01)), source: edge.source,
            opacity: 1 - reach / Self.softness)
    }
}

/// How the upright face of a rig lies in a picture.
struct UprightPlacement {
    private let center: SIMD2<Float>
    private let place: SIMD2<Float>
    private let alongX: SIMD2<Float>
    private let alongY: SIMD2<Float>

    init(_ placement: Placement) {
        center = SIMD2(Float(placement.anchorX), Float(placement.anchorY))
        place = SIMD2(Float(placement.x), Float(placement.y))
        let (cosine, sine) = (Float(cos(placement.rotation)), Float(sin(placement.rotation)))
        alongX = SIMD2(cosine, sine) * Float(placement.scale)
        alongY = SIMD2(-sine, cosine) * Float(placement.scale)
    }

    /// Where a place of the upright face is.
    func picturePlace(of upright: SIMD2<Float>) -> SIMD2<Float> {
        let way = upright - center
        return place + alongX * way.x + alongY * way.y
    }
}
