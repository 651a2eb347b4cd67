import Testing

@testable import AvatarPreparation

/// Short gaps are bridged, long ones are named.
@Suite struct FaceGapsTests {
    private func faces(_ count: Int, without missing: [Range<Int>]) -> [FaceShape?] {
        (0..<count).map { index in
            missing.contains { $0.contains(index) } ? nil : FaceShape.standard(x: Double(index) * 2)
        }
    }

    @Test func nothingIsMissing() {
        let gaps = FaceGaps(faces(20, without: []))
        #expect(gaps.missing.isEmpty)
        #expect(gaps.longestRun == 0...19)
    }

    @Test func aShortGapLiesOnTheWay() {
        let whole = FaceGaps(faces(40, without: []))
        let gaps = FaceGaps(faces(40, without: [10..<22]))
        #expect(gaps.missing.isEmpty)
        for index in 0..<40 {
            #expect(abs((gaps.bridged[index]?.left ?? -1) - (whole.bridged[index]?.left ?? 0)) < 1e-9)
        }
    }

    @Test func atTheEndsTheNearestIsKept() {
        let gaps = FaceGaps(faces(40, without: [0..<5, 37..<40]))
        #expect(gaps.missing.isEmpty)
        #expect(gaps.bridged[0] == gaps.bridged[5])
        #expect(gaps.bridged[39] == gaps.bridged[36])
    }

    @Test func longGapsAreNamed() {
        let gaps = FaceGaps(faces(100, without: [10..<23, 30..<33, 60..<100]))
        #expect(gaps.missing == [10...22, 60...99])
        #expect(gaps.longestRun == 23...59)
    }

    @Test func noFaceAtAll() {
        let gaps = FaceGaps([FaceShape?](repeating: nil, count: 5))
        #expect(gaps.missing == [0...4])
        #expect(gaps.longestRun == nil)
        #expect(FaceGaps([]).longestRun == nil)
    }
}
