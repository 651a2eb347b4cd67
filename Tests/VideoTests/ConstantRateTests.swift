import Testing

@testable import Video

/// Frames at any times become 25 a second.
@Suite struct ConstantRateTests {
    /// For each output frame the number of the input frame that it shows.
    private func shown(_ times: [Double?], usualRate: Double = 0) -> [Int] {
        var rate = ConstantRate(fps: 25, usualRate: usualRate)
        var shown: [Int] = []
        for (index, time) in times.enumerated() {
            shown += [Int](repeating: index - 1, count: rate.next(at: time))
        }
        return shown + [Int](repeating: times.count - 1, count: rate.finish())
    }

    @Test func framesOfThatRateAreShownOnce() {
        #expect(shown((0..<100).map { Double($0) / 25 }, usualRate: 25) == Array(0..<100))
        // The clock of a container has coarse ticks, and need not start at 0.
        #expect(shown((0..<100).map { 7.3 + (Double($0) * 40).rounded() / 1_000 }, usualRate: 25) == Array(0..<100))
    }

    @Test func moreFramesAreLeftOut() {
        #expect(shown((0..<50).map { Double($0) / 50 }, usualRate: 50).count == 25)
        let thirty = shown((0..<90).map { Double($0) / 30 }, usualRate: 30)
        #expect(thirty.count == 75)
        #expect(zip(thirty, thirty.dropFirst()).allSatisfy { (1...2).contains($1 - $0) })
    }

    @Test func fewerFramesAreShownTwice() {
        let twelve = shown((0..<25).map { Double($0) / 12.5 }, usualRate: 12.5)
        #expect(twelve.count == 50)
        #expect(twelve == (0..<50).map { $0 / 2 })
    }

    @Test func aFrameIsShownAsLongAsItLasts() {
        #expect(shown([0, 0.04, 1.04, 1.08], usualRate: 25).count == 28)
    }

    @Test func framesWithoutTimesLastAsUsual() {
        #expect(shown([nil, nil, nil, nil], usualRate: 25) == [0, 1, 2, 3])
        #expect(shown([nil, nil, nil, nil], usualRate: 12.5).count == 8)
    }

    @Test(arguments: [
        [0, 0.04, 90_000, 90_000.04], [0, 0.04, -5, -4.96], [0, 0.04, 0.04, 0.08], [0, 0.04, .nan, 0.12],
    ])
    func damagedTimesDoNotStopTheFilm(times: [Double]) {
        #expect((4...6).contains(shown(times, usualRate: 25).count))
    }

    @Test func aPhotoIsOneFrame() {
        #expect(shown([nil]) == [0])
        #expect(shown([0], usualRate: 60) == [0])
        #expect(shown([]) == [])
    }
}
