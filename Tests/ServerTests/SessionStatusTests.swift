import LipSync
import Realtime
import Responders
import Testing

@testable import Server

@Suite("What is told of a session")
struct SessionStatusTests {
    private func finished(end: Double, text: String = "Hi") -> SessionEvent {
        .responded(
            .init(id: "r", itemID: "i", status: "completed", text: text, heardMilliseconds: 0, end: .seconds(end)))
    }

    @Test("An answer is thought of, spoken, and over when it has been heard")
    func answer() {
        var status = SessionStatus()
        #expect(status.news(of: .entered(.turn(.init(id: "u", speaker: .user, text: "Hm?"))), at: .zero).count == 1)
        let asked = SessionEvent.responding(responseID: "r", itemID: "i", isSeen: true)
        #expect(status.news(of: asked, at: .zero) == [.state(.thinking)])
        #expect(status.news(of: .spoke([0], first: 0, start: .zero), at: .seconds(1)) == [.state(.speaking)])
        #expect(status.news(of: .spoke([0], first: 1, start: .zero), at: .seconds(1)).isEmpty)
        #expect(
            status.news(of: finished(end: 5), at: .seconds(2)) == [
                .transcript(itemID: "i", speaker: .assistant, text: "Hi")
            ])
        #expect(status.news(at: .seconds(4)).isEmpty)
        #expect(status.news(at: .seconds(5)) == [.state(.listening)])
        #expect(status.news(at: .seconds(6)).isEmpty)
    }

    @Test("Who is interrupted listens at once, and what they said is corrected")
    func interruption() {
        var status = SessionStatus()
        _ = status.news(of: .responding(responseID: "r", itemID: "i", isSeen: true), at: .zero)
        _ = status.news(of: .spoke([0], first: 0, start: .zero), at: .zero)
        _ = status.news(of: finished(end: 5), at: .seconds(1))
        #expect(status.news(of: .interrupted, at: .seconds(2)) == [.state(.listening)])
        #expect(status.playsUntil == nil)
        #expect(
            status.news(of: .truncated(itemID: "i", text: "H", heardMilliseconds: 1), at: .seconds(2)) == [
                .transcript(itemID: "i", speaker: .assistant, text: "H")
            ])
    }

    @Test("Who has nothing to say listens again")
    func failure() {
        var status = SessionStatus()
        _ = status.news(of: .responding(responseID: "r", itemID: "i", isSeen: true), at: .zero)
        #expect(status.news(of: finished(end: 0, text: ""), at: .seconds(1)).last == .state(.listening))
    }

    @Test("Listeners hear the state first, and are let go with the session, or if they do not listen")
    func listeners() async {
        let feed = StatusFeed()
        let attentive = feed.news()
        let absent = feed.news()
        for number in 0..<400 {
            feed.see(.entered(.turn(.init(id: "\(number)", speaker: .user, text: "x"))), at: .zero)
            if number == 0 { _ = feed.current }
        }
        let count = await absent.reduce(0) { sum, _ in sum + 1 }
        #expect(count == 256)
        var first: SessionStatus.News?
        for await news in attentive {
            first = news
            break
        }
        #expect(first == .state(.listening))
        let late = feed.news()
        feed.see(.ended, at: .zero)
        #expect(await late.reduce(into: []) { $0.append($1) } == [.state(.listening), .ended])
        #expect(await feed.news().reduce(into: []) { $0.append($1) } == [.ended])
    }
}
