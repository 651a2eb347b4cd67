import Foundation
import NIOCore
import Testing

@testable import Load

@Suite(.timeLimit(.minutes(10))) struct LoadPlanTests {
    @Test(arguments: [
        ("ws://127.0.0.1:8080/v1/realtime", "127.0.0.1", 8080, "/v1/realtime"),
        ("ws://example.com", "example.com", 80, "/v1/realtime"),
        ("ws://host:9/v1/realtime?avatar=mira&voice=slt", "host", 9, "/v1/realtime?avatar=mira&voice=slt"),
    ])
    func addressesAreTakenApart(url: String, host: String, port: Int, path: String) throws {
        let endpoint = try LoadPlan.Endpoint(url)
        #expect(endpoint.host == host && endpoint.port == port && endpoint.path == path)
    }

    @Test(arguments: ["http://127.0.0.1/", "wss://example.com/", "127.0.0.1:8080", "ws://", "", "ws:// /"])
    func anythingElseIsAnErrorThatQuotesIt(url: String) {
        let error = #expect(throws: LoadError.self) { try LoadPlan.Endpoint(url) }
        #expect(error?.description.contains("\"\(url)\"") == true)
    }

    @Test func speechIsCutIntoTurns() throws {
        let endpoint = try LoadPlan.Endpoint("ws://x")
        let speech = (0..<60_000).map { Int16(truncatingIfNeeded: $0) }
        let plan = LoadPlan(endpoint: endpoint, sessions: 1, seconds: 1, speech: speech, turnSeconds: 1)
        #expect(plan.turns.map(\.count) == [24_000, 24_000, 12_000])
        #expect(Array(plan.turns.joined()) == speech)
        #expect(LoadPlan(endpoint: endpoint, sessions: 1, seconds: 1, speech: []).turns.isEmpty)
    }

    @Test func turnsTravelInMessagesThatTheHeaderDescribes() {
        let messages = Wire.messages(of: [Int16](repeating: 5, count: 5_000))
        #expect(messages.map(\.count) == [4_820, 4_820, 420])
        #expect(
            Wire.delta(in: ByteBuffer(bytes: messages[0])) == .audio(firstSample: 0, samples: 2_400))
        #expect(Wire.delta(in: ByteBuffer(bytes: [1, 2, 3])) == .unknown)
        #expect(Wire.delta(in: ByteBuffer()) == .unknown)
    }

    @Test(arguments: [
        (#"{"type":"response.done","response":{"status":"completed","status_details":null}}"#, nil),
        (#"{"type":"response.created","response":{"status":"in_progress"}}"#, nil),
        (#"{"type":"session.created","session":{}}"#, nil),
        (#"{"type":"error","error":{"code":"busy","message":"Later."}}"#, "busy: Later."),
        (#"{"type":"response.done","response":{"status":"cancelled"}}"#, "an answer ended as cancelled"),
        (#"{"type":"response.done"}"#, "an answer ended as nothing"),
        (
            #"{"type":"response.done","response":{"status":"failed","status_details":{"error":{"message":"No."}}}}"#,
            "an answer ended as failed: No."
        ),
    ])
    func whatWentWrongIsReadFromEvents(json: String, failure: String?) throws {
        let event = try #require(Wire.event(in: ByteBuffer(string: json)))
        #expect(event.failure == failure)
    }

    @Test func aServerThatIsNotThereIsAnError() async throws {
        // Port 1 of this machine: nobody listens there.
        let plan = LoadPlan(
            endpoint: try LoadPlan.Endpoint("ws://127.0.0.1:1"), sessions: 3, seconds: 1, speech: [])
        let error = await #expect(throws: LoadError.self) { try await LoadTest(plan).run() }
        #expect(error?.description.contains("127.0.0.1:1") == true)
    }

    @Test func aProcessThatIsNotThereIsAnError() {
        #expect(throws: LoadError.noProcess(Int32.max)) { try ProcessMeter(Int32.max) }
    }

    @Test func whatAProcessUsesIsRead() throws {
        let meter = try ProcessMeter(getpid())
        // The process's own CPU clock, so that a busy machine changes nothing.
        let start = clock()
        while clock() - start < CLOCKS_PER_SEC / 5 {}
        let usage = try #require(meter.usage(in: 0.3))
        #expect(usage.cpuSeconds >= 0.15)
        #expect((1...100_000).contains(usage.peakMiB))
    }
}
