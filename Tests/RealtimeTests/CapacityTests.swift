import Batching
@testable import Realtime
import Testing

@Suite("A machine that is full says so, and those who speak go on", .timeLimit(.minutes(10))) struct CapacityTests {
    private static func onePlace() -> SpeakingPlaces {
        let places = SpeakingPlaces(Admission(fps: 25, headroom: 1))
        places.setCapacity(25)
        return places
    }

    @Test func whoCannotBeCarriedIsToldWhenToTryAgain() async throws {
        let places = Self.onePlace()
        let talking = SessionUnderTest(leaps: false, places: [places])
        await talking.ask()
        let refused = SessionUnderTest(places: [places])
        await refused.ask()
        let error = try #require(refused.outbox.messages.last?.event["error"])
        #expect(error["type"] == "server_error")
        #expect(error["code"] == "capacity_exceeded")
        #expect(try #require(error["retry_after_ms"].int) > 0)
        #expect(places.speaking == 1)
        await talking.session.close()
    }

    @Test("A place is free again when the answer is given, interrupted, fails, or its client is gone")
    func placesComeBack() async throws {
        let places = Self.onePlace()
        let test = SessionUnderTest(places: [places])
        await test.ask()
        await test.outbox.wait(for: "response.done")
        #expect(places.speaking == 0)

        let interrupted = SessionUnderTest(leaps: false, places: [places])
        await interrupted.ask()
        #expect(places.speaking == 1)
        await interrupted.receive(#"{"type":"response.cancel"}"#)
        #expect(places.speaking == 0)

        let failing = SessionUnderTest(failingFrame: 3, places: [places])
        await failing.ask()
        await failing.outbox.wait(for: "response.done")
        #expect(places.speaking == 0)

        let gone = SessionUnderTest(leaps: false, places: [places])
        await gone.ask()
        await gone.session.close()
        #expect(places.speaking == 0)
    }

    @Test("What was taken of one device is given back if another has no room") func noPlaceLeaks() async {
        let roomy = SpeakingPlaces()
        let full = Self.onePlace()
        let talking = SessionUnderTest(leaps: false, places: [full])
        await talking.ask()
        let refused = SessionUnderTest(places: [roomy, full])
        await refused.ask()
        #expect(roomy.speaking == 0)
        await talking.session.close()
    }
}
