import Audio
@testable import Realtime
import Testing

@Suite(.timeLimit(.minutes(10))) struct PacerTests {
    private let rate = 24_000

    @Test func firstPiecesLeaveAtOnce() {
        let pacer = Pacer(start: .seconds(5))
        #expect(pacer.instant(toSend: 0) <= .seconds(5))
        #expect(pacer.instant(toSend: rate * 4 / 10) <= .seconds(5))
        #expect(pacer.instant(toSend: rate / 2) > .seconds(5))
    }

    @Test func leadGrowsByHalfOfWhatWasPlayedUpToTwoSeconds() {
        let pacer = Pacer(start: .zero)
        // After one second: 1 + 0.4 + 0.5.
        #expect(pacer.instant(toSend: 45_600) == .seconds(1))
        // After 3.2 s the lead is 2 s, and stays so.
        #expect(pacer.instant(toSend: rate * 52 / 10) == .milliseconds(3200))
        #expect(pacer.instant(toSend: rate * 12) == .seconds(10))
    }

    @Test func instantsNeverGoBack() {
        let pacer = Pacer(start: .zero)
        var last = Duration.zero
        for sample in stride(from: 0, to: rate * 10, by: 7) {
            let instant = pacer.instant(toSend: sample)
            #expect(instant >= last)
            last = instant
        }
    }

    @Test func nothingDriftsInAnHour() {
        let pacer = Pacer(start: .zero)
        for second in [1, 60, 3599, 3600] {
            #expect(pacer.instant(heard: second * rate) == .seconds(second))
            #expect(pacer.playhead(at: .seconds(second)) == second * rate)
            #expect(SpeechFormat.microseconds(ofSample: second * rate) == second * 1_000_000)
        }
        #expect(pacer.instant(toSend: 3600 * rate) == .seconds(3598))
        // Chunks of an odd length add up to the same time as the whole.
        let chunk = 997
        let chunks = 3600 * rate / chunk
        #expect(SpeechFormat.microseconds(ofSample: chunks * chunk) == chunks * chunk * 1_000_000 / rate)
    }

    @Test func soundThatComesTooLateMovesPlayback() {
        var pacer = Pacer(start: .seconds(1))
        pacer.sends(from: 0, at: .seconds(1))
        // One second has been sent, and the next piece comes half a second after it ended.
        pacer.sends(from: rate, at: .milliseconds(2500))
        #expect(pacer.playhead(at: .milliseconds(2500)) == rate)
        #expect(pacer.instant(heard: 2 * rate) == .milliseconds(3500))
        // Sound in time moves nothing.
        pacer.sends(from: 2 * rate, at: .milliseconds(2600))
        #expect(pacer.start == .milliseconds(1500))
    }

    @Test func playbackThatHasNotBegunIsAtZero() {
        #expect(Pacer(start: .seconds(3)).playhead(at: .seconds(1)) == 0)
    }
}

@Suite(.timeLimit(.minutes(10))) struct IdlePositionTests {
    @Test func clipGoesRoundAtItsFrameRate() {
        let position = IdlePosition(frames: 250, fps: 25, startedAt: .seconds(2))
        #expect(position.frame(at: .seconds(2)) == 0)
        #expect(position.frame(at: .milliseconds(2040)) == 1)
        #expect(position.frame(at: .milliseconds(2120)) == 3)
        #expect(position.frame(at: .seconds(12)) == 0)
    }

    @Test func clientSaysWhereItIs() {
        var position = IdlePosition(frames: 250, fps: 25, startedAt: .zero)
        position.update(frame: 249, at: .seconds(100))
        #expect(position.frame(at: .seconds(100)) == 249)
        #expect(position.frame(at: .milliseconds(100_080)) == 1)
    }

    @Test func nothingDriftsInAnHour() {
        let position = IdlePosition(frames: 250, fps: 25, startedAt: .zero)
        #expect(position.frame(at: .seconds(3600)) == 3600 * 25 % 250)
        #expect(position.frame(at: .milliseconds(3_600_040)) == 1)
    }
}
