import Testing

@testable import MuseTalk

@Suite(.timeLimit(.minutes(10))) struct FaceRampTests {
    @Test(arguments: [(1, 2, 2), (4, 8, 8), (16, 25, 32), (64, 25, 128)])
    func thereIsRoomForABatchWhileAnotherIsShown(batchSize: Int, live: Int, film: Int) {
        #expect(FaceRamp(batchSize: batchSize, isFilm: false).window == live)
        #expect(FaceRamp(batchSize: batchSize, isFilm: true).window == film)
    }

    @Test func theFirstFaceWaitsForNoOther() {
        var ramp = FaceRamp(batchSize: 16, isFilm: false)
        let ahead = (0..<7).map { _ in
            defer { ramp.goOn() }
            return ramp.ahead
        }
        #expect(ahead == [1, 2, 4, 8, 16, 25, 25])
    }
}
