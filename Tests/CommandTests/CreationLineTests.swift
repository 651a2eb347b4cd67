import ArgumentParser
import AvatarPreparation
import Testing

@testable import visavis

/// What the terminal shows while an avatar is made.
@Suite struct CreationLineTests {
    private func line(_ done: Int, of total: Int?, since first: Int = 0, after seconds: Double) -> String {
        CreationLine.line(
            CreationProgress(stage: .encodingFaces, done: done, total: total), since: first, after: seconds)
    }

    @Test func itSaysHowFarAndHowLong() {
        let half = line(50, of: 100, after: 10)
        #expect(half.hasSuffix("50%  Encoding the face: 50 of 100 frames, 10 s left"))
        #expect(half.contains("███████████████░░░░░░░░░░░░░░░"))
        #expect(line(10, of: 1_000, after: 10).hasSuffix("17 min left"))
        #expect(line(10, of: 100_000, after: 10).hasSuffix("27.8 h left"))
    }

    @Test func framesOfAnInterruptedRunCostNoTime() {
        #expect(line(90, of: 100, since: 80, after: 10).hasSuffix("10 s left"))
    }

    @Test func withoutALengthItCounts() {
        #expect(line(12, of: nil, after: 3) == "Encoding the face: 12 frames")
        #expect(line(0, of: 10, after: 0).hasSuffix("0 of 10 frames"))
    }

    @Test(arguments: [
        ["--name", "A"], ["--video", "a.mp4", "--photo", "b.png", "--name", "A"],
        ["--video", "a.mp4", "--name", "A", "--face", "0"],
        ["--video", "a.mp4", "--name", "A", "--max-seconds", "601"],
        ["--video", "a.mp4", "--name", "A", "--from", "-1"], ["--video", "a.mp4"],
        ["--video", "a.mp4", "--name", "A", "--threads", "-1"],
    ])
    func whatMakesNoSenseIsRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try AvatarCreate.parse(arguments) }
    }
}
