import Testing

@testable import Models

@Suite(.timeLimit(.minutes(10))) struct ResumptionTests {
    private let halfway = Resumption(have: 500)

    @Test func theRestIsAskedFor() {
        #expect(Resumption(have: 0).range == nil)
        #expect(halfway.range == "bytes=500-")
    }

    @Test func theRestGoesAfterWhatIsThere() {
        #expect(halfway.verdict(status: 206, contentRange: "bytes 500-999/1000") == .append)
        #expect(halfway.verdict(status: 206, contentRange: "bytes 400-999/1000") == .startOver)
        #expect(halfway.verdict(status: 206, contentRange: nil) == .startOver)
    }

    @Test func aServerWithoutRangesSendsEverythingAgain() {
        #expect(halfway.verdict(status: 200, contentRange: nil) == .replace)
    }

    @Test func nothingMoreToComeIsTheEnd() {
        #expect(halfway.verdict(status: 416, contentRange: "bytes */500") == .complete)
        #expect(halfway.verdict(status: 416, contentRange: "bytes */400") == .startOver)
    }

    @Test func whatMayPassIsTriedAgainAndWhatMayNotIsNot() {
        for status in [408, 429, 500, 503] {
            guard case .later = halfway.verdict(status: status, contentRange: nil) else {
                Issue.record("\(status)")
                continue
            }
        }
        for status in [400, 401, 403, 404, 410] {
            guard case .never = halfway.verdict(status: status, contentRange: nil) else {
                Issue.record("\(status)")
                continue
            }
        }
    }

    @Test func pausesGrowUntilSomethingComes() {
        var patience = Patience(tries: 4, pause: .seconds(1))
        #expect(patience.next(hasProgressed: false) == .seconds(1))
        #expect(patience.next(hasProgressed: false) == .seconds(2))
        #expect(patience.next(hasProgressed: true) == .seconds(1))
        #expect(patience.next(hasProgressed: false) == .seconds(2))
        #expect(patience.next(hasProgressed: false) == .seconds(4))
        #expect(patience.next(hasProgressed: false) == nil)
    }
}
