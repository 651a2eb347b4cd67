import Responders
import Synchronization
import Testing

@testable import Realtime

@Suite(.timeLimit(.minutes(10))) struct ControlTests {
    /// Writes the names of events down, of repeated ones the first.
    private final class Onlooker: SessionWitness {
        let names = Mutex<[String]>([])

        func see(_ event: SessionEvent, at instant: Duration) {
            let name = String("\(event)".prefix { $0 != "(" })
            names.withLock { if $0.last != name { $0.append(name) } }
        }
    }

    private func pieces(_ pieces: [ResponsePiece]) -> any AsyncSequence<ResponsePiece, any Error> & Sendable {
        AsyncThrowingStream { continuation in
            for piece in pieces { continuation.yield(piece) }
            continuation.finish()
        }
    }

    @Test func whatIsSaidFromOutsideIsAnItemThatTheResponderIsToldOf() async throws {
        let scene = SessionUnderTest()
        await scene.session.start()
        let id = try await scene.session.say(pieces(ScriptedResponder.speech(seconds: 1)))
        await scene.outbox.wait(for: "response.done")
        let done = try #require(scene.outbox.all("response.done").first?.event["response"])
        #expect(done["id"].string == id)
        #expect(done["status"].string == "completed")
        #expect(done["output"][0]["content"][0]["transcript"].string == "Hello there, how are you?")
    }

    @Test func nobodySpeaksTwiceAtATime() async throws {
        let scene = SessionUnderTest(leaps: false)
        await scene.session.start()
        _ = try await scene.session.say(pieces(ScriptedResponder.speech(seconds: 9)))
        #expect(await scene.session.isSpeaking)
        await #expect(throws: SessionRefusal.self) { try await scene.session.ask("What?") }
        #expect(await scene.session.interrupt())
        #expect(await !scene.session.isSpeaking)
        #expect(await !scene.session.interrupt())
        _ = try await scene.session.ask("What?")
        await scene.session.close()
        await #expect(throws: SessionRefusal.ended) { try await scene.session.ask("What?") }
    }

    @Test func onlookersSeeAllOfItInOrder() async throws {
        let onlooker = Onlooker()
        let scene = SessionUnderTest(witnesses: [onlooker])
        await scene.session.start()
        await scene.receive(#"{"type":"video.position","frame":3}"#)
        await scene.ask()
        await scene.outbox.wait(for: "response.done")
        await scene.session.close()
        let names = onlooker.names.withLock { $0 }
        #expect(names.prefix(3) == ["idle", "entered", "responding"])
        #expect(Set(names).isSuperset(of: ["spoke", "showed", "timed", "responded"]))
        #expect(names.last == "ended")
    }
}
