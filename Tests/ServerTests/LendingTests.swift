import Synchronization
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(10))) struct LendingTests {
    private final class Thing: Sendable {}

    private final class Clock: Sendable {
        private let time = Mutex(Duration.zero)
        var now: Duration { time.withLock { $0 } }
        func advance(_ duration: Duration) { time.withLock { $0 += duration } }
    }

    private let clock = Clock()
    private let lending: Lending<Thing>

    init() { lending = Lending(releaseAfter: .seconds(10), now: { [clock] in clock.now }) { Thing() } }

    @Test func allWhoUseItAreLentTheSame() {
        #expect(!lending.isHeld)
        let (first, second) = (lending.lend(), lending.lend())
        #expect(first.item === second.item && lending.isHeld)
    }

    @Test func itIsNeverLetGoWhileItIsUsed() {
        let first = lending.lend()
        _ = lending.lend()
        clock.advance(.seconds(60))
        #expect(!lending.releaseIfUnused())
        #expect(lending.lend().item === first.item)
    }

    @Test func whatIsLetGoIsDestroyedAndTheNextIsLentANewOne() {
        weak let thing = lending.lend().item
        clock.advance(.seconds(9))
        #expect(!lending.releaseIfUnused() && thing != nil)
        _ = lending.lend()
        clock.advance(.seconds(9))
        #expect(!lending.releaseIfUnused(), "it was used in between")
        clock.advance(.seconds(1))
        #expect(lending.releaseIfUnused() && thing == nil && !lending.isHeld)
        #expect(!lending.releaseIfUnused())
        _ = lending.lend()
        #expect(lending.isHeld)
    }

    /// Many come and go while it is let go all the time: who comes while somebody uses it is lent the same.
    @Test func comingAndGoingAtOnce() async {
        let lending = Lending(releaseAfter: .zero) { Thing() }
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<500 {
                        let mine = lending.lend()
                        await Task.yield()
                        #expect(lending.lend().item === mine.item)
                    }
                }
            }
            group.addTask { for _ in 0..<5_000 { _ = lending.releaseIfUnused() } }
        }
        #expect(lending.releaseIfUnused() || !lending.isHeld)
    }
}
