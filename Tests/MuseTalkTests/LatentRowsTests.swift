import Foundation
import TestSupport
import Testing

@testable import MuseTalk

struct LatentRowsTests {
    private let films = [UUID(), UUID(), UUID()]

    private func frame(_ index: Int, of film: Int = 0) -> FilmedFrame.Key { .init(film: films[film], index: index) }

    /// Two lanes, batches of any size, as many rows as both need at most, or more: nobody ever reads what another frame
    /// has overwritten, not even while the other lane is loaded again and again.
    @Test(arguments: [16, 17, 40, 1000]) func aRowStaysItsFramesWhileSomebodyReadsIt(count: Int) {
        var numbers = SeededGenerator(seed: UInt64(count))
        var rows = LatentRows(count: count)
        var contents = [FilmedFrame.Key?](repeating: nil, count: count)
        var lanes: [[(row: Int, frame: FilmedFrame.Key)]] = [[], []]
        for _ in 0..<2_000 {
            let lane = Int.random(in: 0...3, using: &numbers) / 3
            for place in lanes[lane] { rows.release(place.row) }
            lanes[lane] = []
            for _ in 0..<Int.random(in: 1...8, using: &numbers) {
                let wanted = frame(.random(in: 0..<20, using: &numbers), of: .random(in: 0..<3, using: &numbers))
                let (row, isNew) = rows.take(wanted)
                if isNew { contents[row] = wanted }
                lanes[lane].append((row, wanted))
            }
            #expect(lanes.joined().allSatisfy { contents[$0.row] == $0.frame })
        }
    }

    @Test func whatFitsIsCopiedOnce() {
        var rows = LatentRows(count: 60)
        var copies = 0
        for index in 0..<600 {
            let (row, isNew) = rows.take(frame(index % 20, of: index / 20 % 3))
            copies += isNew ? 1 : 0
            rows.release(row)
        }
        #expect(copies == 60)
    }

    @Test func whatIsShownOftenStays() {
        var rows = LatentRows(count: 4)
        for index in 0..<40 {
            for wanted in [frame(0), frame(index, of: 1)] {
                let (row, isNew) = rows.take(wanted)
                if wanted == frame(0) { #expect(isNew == (index == 0)) }
                rows.release(row)
            }
        }
    }

    @Test func whatCouldNotBeCopiedIsTriedAgain() {
        var rows = LatentRows(count: 2)
        for _ in 0..<3 {
            let (row, isNew) = rows.take(frame(7))
            #expect(isNew)
            rows.release(row)
            rows.forget(row)
        }
    }
}
