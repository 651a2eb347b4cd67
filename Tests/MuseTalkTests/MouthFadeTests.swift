import Testing

@testable import MuseTalk

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
