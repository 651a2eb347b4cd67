import Testing

@testable import AvatarPreparation

/// One person stays one person.
@Suite struct FaceTrackerTests {
    private func tracks(_ frames: [[FaceShape]]) -> [FaceTracker.Track] {
        var tracker = FaceTracker(width: 640, height: 480)
        for faces in frames { tracker.add(faces) }
        return tracker.byProminence
    }

    @Test func twoPeopleAreTwoInWhateverOrderTheyAreFound() {
        let frames = (0..<40).map { frame in
            let left = FaceShape.standard(x: 50 + Double(frame), y: 100)
            let right = FaceShape.standard(x: 400 - Double(frame), y: 150)
            return frame.isMultiple(of: 2) ? [left, right] : [right, left]
        }
        let found = tracks(frames)
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.faces.count == 40 })
        for track in found {
            let columns = (0..<40).compactMap { track.faces[$0]?.left }
            #expect(zip(columns, columns.dropFirst()).allSatisfy { abs($0 - $1) == 1 })
        }
    }

    @Test func theLargestAndMostCentralComesFirst() {
        let small = FaceShape.standard(x: 100, y: 100, scale: 0.5)
        let large = FaceShape.standard(x: 400, y: 100)
        #expect(tracks([[small, large], [large, small]]).first?.faces[0] == large)
        let central = FaceShape.standard(x: 270, y: 180)
        #expect(tracks([[large, central]]).first?.faces[0] == central)
    }

    @Test func whoComesBackSoonIsTheSame() {
        let face = FaceShape.standard()
        let away = [[FaceShape]](repeating: [], count: 30)
        #expect(tracks([[face]] + away + [[face]]).count == 1)
        let longAway = [[FaceShape]](repeating: [], count: 60)
        #expect(tracks([[face]] + longAway + [[face]]).count == 2)
    }

    @Test func aCutIsAnotherPerson() {
        #expect(tracks([[.standard(x: 50)], [.standard(x: 400)]]).count == 2)
    }
}
