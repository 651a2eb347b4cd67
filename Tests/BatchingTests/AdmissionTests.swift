import Batching
import Testing

@Suite("Only as many speak as the machine carries") struct AdmissionTests {
    private let admission = Admission(fps: 25, headroom: 0.8, speakingShare: 0.25)

    @Test func capacityIsSharedOut() {
        #expect(admission.maximumSpeaking(capacity: 250) == 8)
        #expect(admission.maximumSessions(capacity: 250) == 32)
        #expect(admission.refusal(speaking: 7, capacity: 250) == nil)
        #expect(admission.refusal(speaking: 8, capacity: 250) != nil)
    }

    @Test("A machine that is too slow for one shows one all the same") func oneIsAlwaysLetIn() {
        #expect(admission.maximumSpeaking(capacity: 5) == 1)
        #expect(admission.refusal(speaking: 0, capacity: 5) == nil)
        #expect(admission.refusal(speaking: 1, capacity: 5) != nil)
    }

    @Test func nothingIsRefusedBeforeTheMachineIsMeasured() {
        #expect(admission.refusal(speaking: 1_000_000, capacity: .infinity) == nil)
    }

    @Test("A place is free again when nobody holds it") func placesAreGivenBack() throws {
        let places = SpeakingPlaces(Admission(fps: 25, headroom: 1))
        places.setCapacity(50)
        var first: SpeakingPlace? = try places.take()
        let second = try places.take()
        #expect(throws: BatchingError.self) { try places.take() }
        #expect(first != nil)
        first = nil
        let third = try places.take()
        #expect(places.speaking == 2)
        withExtendedLifetime((second, third)) {}
    }

    @Test("As many may connect as will not speak at the same time") func sessions() throws {
        let places = SpeakingPlaces(Admission(fps: 25, headroom: 1, speakingShare: 0.5))
        places.setCapacity(50)
        var connected = try (0..<4).map { _ in try places.connect() }
        #expect(throws: BatchingError.self) { try places.connect() }
        connected.removeLast()
        connected.append(try places.connect())
        #expect(connected.count == 4)
    }
}

@Suite("How fast a device is does not change with a moment") struct CapacityTests {
    @Test("Many who begin at once, with frames that take longer, are no reason to refuse others") func bursts() {
        var times = BatchTimes()
        for _ in 0..<300 { times.record(.milliseconds(2), forSize: 1) }
        for _ in 0..<24 { times.record(.milliseconds(5), forSize: 1) }
        #expect(times.rate(ofSize: 1) > 400)
        // Batches are planned with what is taking place.
        #expect(times.mean(ofSize: 1) > .milliseconds(4))
    }

    @Test("A device that has become slower is found out") func slowness() {
        var times = BatchTimes()
        for _ in 0..<300 { times.record(.milliseconds(2), forSize: 1) }
        for _ in 0..<1_500 { times.record(.milliseconds(4), forSize: 1) }
        #expect(abs(times.rate(ofSize: 1) - 250) < 5)
    }
}
