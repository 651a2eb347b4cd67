@testable import Realtime
import Testing

@Suite(.timeLimit(.minutes(10))) struct InputAudioBufferTests {
    private func ramp(_ range: Range<Int>) -> [Int16] { range.map { Int16(truncatingIfNeeded: $0) } }

    @Test func takesWhatLiesBetweenTwoPositions() throws {
        var buffer = InputAudioBuffer()
        try buffer.append(ramp(0..<1000))
        #expect(buffer.take(from: 200, to: 700) == ramp(200..<700))
        // What came before is gone, what comes behind stays where it was.
        #expect(buffer.start == 700 && buffer.end == 1000)
        try buffer.append(ramp(1000..<1100))
        #expect(buffer.take(from: 0, to: 5000) == ramp(700..<1100))
        #expect(buffer.isEmpty && buffer.start == 1100)
    }

    @Test func positionsSurviveClearing() throws {
        var buffer = InputAudioBuffer()
        try buffer.append(ramp(0..<500))
        buffer.clear()
        #expect(buffer.isEmpty && buffer.start == 500 && buffer.end == 500)
    }

    @Test func whatDoesNotFitIsRefusedAndNothingIsLost() throws {
        var buffer = InputAudioBuffer()
        try buffer.append(Array(repeating: 1, count: InputAudioBuffer.limit - 10))
        let error = #expect(throws: EventError.self) { try buffer.append(Array(repeating: 2, count: 11)) }
        #expect(error?.code == .bufferFull)
        #expect(buffer.end == InputAudioBuffer.limit - 10)
        try buffer.append(Array(repeating: 2, count: 10))
        #expect(buffer.take(from: 0, to: .max).count == InputAudioBuffer.limit)
    }

    @Test func silenceIsLetGoBySeconds() throws {
        var buffer = InputAudioBuffer()
        for second in 0..<60 {
            try buffer.append(ramp(second * 24_000..<(second + 1) * 24_000))
            buffer.discard(before: buffer.end - 10_000)
            #expect(buffer.end - buffer.start < 24_000 * 2 + 10_000)
        }
        #expect(buffer.end == 60 * 24_000)
        #expect(buffer.take(from: buffer.end - 5, to: buffer.end) == ramp(buffer.start - 5..<buffer.start))
    }
}
