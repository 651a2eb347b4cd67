import Testing

@testable import Batching

@Suite struct DevicePlacementTests {
    @Test func theLeastLoadedIsTaken() {
        let placement = DevicePlacement(count: 3)
        #expect(placement.place(load: [0.5, 0.2, 0.9], at: .zero) == 1)
    }

    @Test func aFailedDeviceIsLeftOutAndTriedLaterAndLater() {
        var placement = DevicePlacement(count: 2)
        var now = Duration.zero
        var waits: [Duration] = []
        for _ in 0..<8 {
            placement.failed(0, at: now)
            // What was under way beside it counts with it.
            placement.failed(0, at: now)
            #expect(placement.place(load: [0, 1], at: now) == 1)
            let trial = placement.nextTrial ?? .zero
            waits.append(trial - now)
            now = trial
            #expect(placement.place(load: [0, 1], at: now) == 0)
        }
        #expect(waits.map { Int($0 / .seconds(1)) } == [1, 2, 4, 8, 16, 32, 60, 60])
    }

    @Test func successForgetsFailures() {
        var placement = DevicePlacement(count: 1)
        placement.failed(0, at: .zero)
        placement.failed(0, at: .seconds(1))
        #expect(placement.place(load: [0], at: .seconds(2)) == nil)
        placement.succeeded(0)
        #expect(placement.place(load: [0], at: .seconds(2)) == 0)
        placement.failed(0, at: .seconds(2))
        #expect(placement.nextTrial == .seconds(3))
    }
}
