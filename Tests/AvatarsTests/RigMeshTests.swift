import Foundation
import TestSupport
import Testing
import Video

@testable import Avatars

/// The mesh over any face, in any pose.
@Suite(.timeLimit(.minutes(10))) struct RigMeshTests {
    private static func proportions(_ random: inout SeededGenerator) -> FaceProportions {
        let face = RigLandmarks.plausible(using: &random)
        return FaceProportions(face.turned(by: -face.roll))
    }

    private static func brush(_ mesh: RigMesh, _ proportions: FaceProportions) -> RigBrush {
        let head = RigGrid.head(proportions)
        return RigBrush(for: mesh, head, RigCover(of: head, by: mesh))
    }

    /// Where a brush takes the corners of an upright face.
    private static func targets(_ brush: RigBrush, _ controls: RigControls) -> [SIMD2<Float>] {
        brush.pull(controls, at: UprightPlacement(Placement(anchorX: 0, anchorY: 0, x: 0, y: 0)))
        return brush.corners.map(\.target)
    }

    /// What ``Video/MeshWarp`` needs, so that nothing folds over.
    @Test(arguments: 0..<40) func cornersOfAColumnStayAboveEachOther(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let proportions = Self.proportions(&random)
        let (mesh, columns) = (RigMesh(proportions), RigMesh(proportions).grid.columns)
        let brush = Self.brush(mesh, proportions)
        for round in 0..<100 {
            let places = Self.targets(brush, RigControls(.random(using: &random)))
            let crossed = (columns..<places.count).filter { places[$0].y < places[$0 - columns].y }
            let rows = Set(crossed.compactMap { RigRow(rawValue: $0 / columns) })
            #expect(rows.isEmpty, "round \(round)")
        }
    }

    @Test(arguments: 0..<40) func cornersOfARowStayBesideEachOther(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let proportions = Self.proportions(&random)
        let (mesh, columns) = (RigMesh(proportions), RigMesh(proportions).grid.columns)
        let brush = Self.brush(mesh, proportions)
        for round in 0..<100 {
            let places = Self.targets(brush, RigControls(.random(using: &random)))
            let crossed = places.indices.filter { !$0.isMultiple(of: columns) && places[$0].x <= places[$0 - 1].x }
            #expect(crossed.isEmpty, "round \(round)")
        }
    }

    /// Rows lie on each other only where there is no room: not in the face of an adult that talks.
    @Test func nothingIsHeldBackInAnOrdinaryFace() {
        let proportions = FaceProportions(RigLandmarks(TinyFace.landmarks))
        let mesh = RigMesh(proportions)
        let brush = Self.brush(mesh, proportions)
        var random = SeededGenerator(seed: 6)
        for round in 0..<200 {
            let controls = RigControls(.random(using: &random))
            let places = Self.targets(brush, controls)
            for corner in places.indices {
                let wanted =
                    mesh.grid.places[corner] + mesh.grid.pull(controls, at: corner, of: RigControl.ofFace)
                    + mesh.grid.pull(controls, at: corner, of: RigControl.ofHead)
                #expect(abs(places[corner].y - wanted.y) < 0.5, "round \(round), corner \(corner)")
            }
        }
    }

    @Test(arguments: 0..<40) func nothingMovesAtTheEdges(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let proportions = Self.proportions(&random)
        for grid in [RigMesh(proportions).grid, .head(proportions)] {
            for corner in grid.places.indices {
                let (row, column) = (corner / grid.columns, corner % grid.columns)
                guard [0, grid.rows - 1].contains(row) || [0, grid.columns - 1].contains(column) else { continue }
                for control in RigControl.allCases {
                    let pull = grid.pulls[corner * RigControl.allCases.count + control.rawValue]
                    #expect(max(abs(pull.x), abs(pull.y)) < 0.01, "\(control) at row \(row), column \(column)")
                }
            }
        }
    }

    @Test(arguments: 0..<40) func theLipsMeetAtRestFromCornerToCorner(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let face = RigLandmarks.plausible(using: &random)
        let upright = face.turned(by: -face.roll)
        let proportions = FaceProportions(upright)
        let mesh = RigMesh(proportions)
        let row = { (row: Int) in Array(mesh.grid.places[(row * mesh.grid.columns)..<((row + 1) * mesh.grid.columns)]) }
        #expect(row(mesh.seam) == row(mesh.seam + 1))
        let ends = (row(mesh.seam)[mesh.mouthColumns.lowerBound], row(mesh.seam)[mesh.mouthColumns.upperBound])
        #expect(isNear(ends.0, upright[.mouthLeft]) && isNear(ends.1, upright[.mouthRight]))
        #expect(mesh.mouthColumns.count >= 5)
        // Between them the lips part, and further out they do not.
        var controls = RigControls(.rest)
        controls[.part] = 1
        let places = Self.targets(Self.brush(mesh, proportions), controls)
        for column in 0..<mesh.grid.columns {
            let corner = mesh.seam * mesh.grid.columns + column
            let gap = places[corner + mesh.grid.columns].y - places[corner].y
            let isBetween = mesh.mouthColumns.lowerBound < column && column < mesh.mouthColumns.upperBound
            #expect(isBetween ? gap > 0.02 * Float(proportions.mouthHalf) : abs(gap) < 0.01, "column \(column)")
        }
    }

    private func isNear(_ place: SIMD2<Float>, _ other: SIMD2<Double>) -> Bool {
        abs(Double(place.x) - other.x) < 0.1 && abs(Double(place.y) - other.y) < 0.1
    }

    @Test func atRestNothingPulls() {
        #expect(RigControls(.rest).areAtRest)
        #expect(!RigControls(FacePose(mouth: MouthShape(jaw: 0.001))).areAtRest)
        #expect(!RigControls(FacePose(head: HeadPose(lids: 0.001))).areAtRest)
    }

    @Test func noPosePullsFurtherThanItsControlsGo() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            let controls = RigControls(.random(using: &random))
            for control in RigControl.allCases { #expect((-1...1.5).contains(controls[control]), "\(control)") }
        }
    }
}
