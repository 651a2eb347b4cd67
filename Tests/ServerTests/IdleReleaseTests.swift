import TestSupport
import Testing

@testable import Server

@Suite struct IdleReleaseTests {
    /// What happens to one thing, in random order, beside what should be known of it.
    @Test(arguments: 0..<200) func itGoesOnceNobodyHasUsedItForLongEnough(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let patience = Duration.seconds(Int.random(in: 0...20, using: &random))
        var release = IdleRelease(patience: patience)
        var now = Duration.zero
        var users = 0
        var lastUse: Duration?  // Since it was last let go.
        for _ in 0..<300 {
            now += .milliseconds(Int.random(in: 0...3_000, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                release.begin()
                users += 1
            case 1 where users > 0:
                release.end(at: now)
                users -= 1
                lastUse = now
            default:
                let isDue = users == 0 && lastUse.map { now - $0 >= patience } == true
                let goes = release.letGo(at: now)
                #expect(goes == isDue)
                if isDue { lastUse = nil }
            }
            #expect(release.users == users)
        }
    }

    @Test func withoutPatienceItStays() {
        var release = IdleRelease(patience: nil)
        release.begin()
        release.end(at: .zero)
        let goes = release.letGo(at: .seconds(1_000_000))
        #expect(!goes)
    }
}
