import Testing

@testable import MuseTalk

@Suite(.timeLimit(.minutes(5))) struct FaceStreamTests {
    /// Asks for faces 0, 1, … as far as there is room, and says which are shown; nil for none.
    private func show(
        _ count: Int, of maker: ScriptedMaker, batchSize: Int = 8, within slack: Duration? = nil
    ) async throws -> [UInt8?] {
        let stream = FaceStream(maker, batchSize: batchSize)
        try await stream.begin(isFilm: slack == nil)
        var asked = 0
        var shown: [UInt8?] = []
        for _ in 0..<count {
            while stream.room > 0, asked < count {
                stream.append(within: slack) { slot in slot.fill(.blank) { $0.update(repeating: Float(asked)) } }
                asked += 1
            }
            try await stream.next()
            shown.append(stream.shown?.image[0])
        }
        #expect(stream.isEmpty)
        return shown
    }

    private func faces(_ numbers: [Int?]) -> [UInt8?] { numbers.map { $0.map(ScriptedMaker.brightness) } }

    @Test func facesComeInTheirOrder() async throws {
        let maker = ScriptedMaker()
        #expect(try await show(10, of: maker) == faces(Array(0..<10)))
        #expect(maker.begun == [true])
    }

    @Test func theFaceBeforeStaysForOneThatIsTooLate() async throws {
        let shown = try await show(8, of: ScriptedMaker(late: [0, 1, 4, 5, 7]))
        #expect(shown == faces([nil, nil, 2, 3, 3, 3, 6, 6]))
    }

    @Test func eachFaceIsWantedAFrameAfterTheOneBefore() async throws {
        let maker = ScriptedMaker()
        _ = try await show(3, of: maker, within: .milliseconds(100))
        // Those that are asked for at the same time may come in any order.
        #expect(maker.requests.map(\.slack).prefix(1) == [.milliseconds(100)])
        #expect(Set(maker.requests.dropFirst().map(\.slack)) == [.milliseconds(100), .milliseconds(140)])
        #expect(maker.requests.map(\.isFirst) == [true, false, false])
        #expect(maker.begun == [false])
    }

    /// Memory for one face more than are asked for ahead: the one that is shown.
    @Test func memoryIsUsedAgain() async throws {
        let maker = ScriptedMaker()
        _ = try await show(12, of: maker, batchSize: 1)
        #expect(maker.slotCount <= 3)
        #expect(maker.requests.count == 12)
    }

    @Test func droppingItEndsTheUtterance() async throws {
        let maker = ScriptedMaker()
        _ = try await show(2, of: maker)
        while maker.ended == 0 { await Task.yield() }
        #expect(maker.ended == 1)
    }
}
