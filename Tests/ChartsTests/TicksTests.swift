import Testing

@testable import Charts

@Suite struct TicksTests {
    @Test(arguments: [
        (0.0...1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0...97, [0, 20, 40, 60, 80, 100]), (-3...4, [-4, -2, 0, 2, 4]),
        (0...0.0021, [0, 0.0005, 0.001, 0.0015, 0.002, 0.0025]),
    ])
    func linearTicksAreNiceAndEncloseTheRange(range: ClosedRange<Double>, expected: [Double]) {
        let ticks = Ticks.nice(range, scale: .linear)
        #expect(ticks.count == expected.count)
        for (tick, expected) in zip(ticks, expected) { #expect(abs(tick - expected) < 1e-12) }
    }

    @Test func logarithmicTicksAreOnesTwosAndFivesWithinTheRange() {
        #expect(Ticks.nice(1...100, scale: .logarithmic) == [1, 2, 5, 10, 20, 50, 100])
        #expect(Ticks.nice(1...1e6, scale: .logarithmic) == [1, 10, 100, 1_000, 1e4, 1e5, 1e6])
        #expect(Ticks.nice(3...4, scale: .logarithmic) == [3, 4])
        #expect(Ticks.nice(25...80, scale: .logarithmic) == [30, 40, 50, 60, 70, 80])
        #expect(Ticks.nice(3.1...3.9, scale: .logarithmic) == [3, 4])
    }

    @Test func anyRangeHasAFewTicks() {
        for low in [-1e29, -1, 0, 1e-20, 3.3, 1e12] {
            for length in [1e-9, 0.1, 1, 12_345.6, 9e29] {
                let ticks = Ticks.nice(low...(low + max(length, abs(low) * 1e-9)), scale: .linear)
                #expect((2...22).contains(ticks.count))
            }
        }
    }

    @Test(arguments: [
        (0.0, "0"), (0.25, "0.25"), (40, "40"), (1_290, "1290"), (150_000, "150k"), (2e6, "2M"), (-3, "−3"),
        (0.00021, "0.00021"), (1e-9, "1e-09"),
    ])
    func labelsHaveNoMoreDigitsThanTheyNeed(value: Double, label: String) {
        #expect(Ticks.label(value) == label)
    }

    @Test func theStepSaysHowManyDigitsTellTicksApart() {
        #expect(Ticks.label(100.5, step: 0.5) == "100.5")
        #expect(Ticks.label(12_500, step: 500) == "12.5k")
    }
}
