import Testing

@testable import MuseTalk

@Suite(.timeLimit(.minutes(10))) struct BatchRampTests {
    @Test(arguments: [
        (1, [1]), (2, [1, 2]), (6, [1, 2, 4, 6]), (8, [1, 2, 4, 8]), (0, [1]),
    ])
    func sizesAreFewAndEndWithTheLimit(limit: Int, sizes: [Int]) {
        #expect(BatchSizes(upTo: limit).all == sizes)
    }

    @Test func theFirstFrameWaitsForNoOther() {
        var ramp = BatchRamp(BatchSizes(upTo: 8))
        #expect((0..<6).map { _ in ramp.next(ready: 100) } == [1, 2, 4, 8, 8, 8])
    }

    @Test func whatIsThereIsTakenAndNoMore() {
        var ramp = BatchRamp(BatchSizes(upTo: 8))
        _ = (0..<4).map { _ in ramp.next(ready: 8) }
        #expect([7, 3, 1].map { ramp.next(ready: $0) } == [4, 2, 1])
    }
}

@Suite(.timeLimit(.minutes(10))) struct MouthFadeTests {
    @Test func theMouthComesAndGoesOverTwoFrames() {
        let length = 8
        let shown = (0..<length).map { MouthFade.opacity(ofFrame: $0, framesAfter: length - 1 - $0) }
        #expect(shown == [66, 190, 256, 256, 256, 256, 190, 66])
        #expect((0..<4).map { MouthFade.opacity(ofFrame: $0, framesAfter: nil) } == [66, 190, 256, 256])
    }

    @Test(arguments: 1...4) func theShortestUtterancesFadeToo(length: Int) {
        let shown = (0..<length).map { MouthFade.opacity(ofFrame: $0, framesAfter: length - 1 - $0) }
        #expect(shown.first == 66 && shown.last == 66)
    }
}
