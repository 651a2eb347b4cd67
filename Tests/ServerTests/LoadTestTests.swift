import Audio
import Foundation
import Load
import TestSupport
import Testing

@testable import Server

/// The load generator against the server: the protocol from end to end, with real speech.
@Suite(.timeLimit(.minutes(10))) struct LoadTestTests {
    @Test(.enabled(if: Recording.english.exists))
    func everyFrameOfEveryAnswerArrives() async throws {
        let speech = try AudioFileReader(Recording.english.url).readAll()
        let report = try await TestServer.run { server in
            let plan = LoadPlan(
                endpoint: try LoadPlan.Endpoint("ws://127.0.0.1:\(server.port)/v1/realtime"), sessions: 2, seconds: 5,
                speech: Array(speech.prefix(48_000)), turnSeconds: 1, serverProcess: getpid())
            // There is time for several answers; on a machine that has no time for one, it is tried again.
            var report = try await LoadTest(plan).run()
            for _ in 0..<5 where report.utterances == 0 { report = try await LoadTest(plan).run() }
            return report
        }
        #expect(report.errors.isEmpty && report.connected == 2)
        #expect(report.utterances >= 1)
        #expect(report.frames.missing == 0)
        #expect(report.frames.received >= 25 * report.utterances)
        #expect((report.firstFrame?.count ?? 0) >= report.utterances)
        // 48 kB of sound a second, and the picture.
        #expect(report.bytesReceived > report.utterances * 48_000)
        #expect(report.server?.cpuSeconds ?? 0 > 0)
    }

    @Test func silentSessionsStay() async throws {
        try await TestServer.run { server in
            let plan = LoadPlan(
                endpoint: try LoadPlan.Endpoint("ws://127.0.0.1:\(server.port)/v1/realtime"), sessions: 20, seconds: 1,
                speech: [])
            let report = try await LoadTest(plan).run()
            #expect(report.isClean && report.connected == 20 && report.frames.received == 0)
            try await server.waitUntilEmpty()
        }
    }

    @Test func anAnswerThatFailsIsReported() async throws {
        var settings = ServerSettings()
        settings.responder = "speak"  // It reads text, and the load test says sound: every answer fails.
        try await TestServer.run(settings) { server in
            let plan = LoadPlan(
                endpoint: try LoadPlan.Endpoint("ws://127.0.0.1:\(server.port)/v1/realtime"), sessions: 1,
                seconds: 20, speech: [Int16](repeating: 1_000, count: 24_000))
            let report = try await LoadTest(plan).run()
            #expect(!report.isClean && report.utterances == 0)
            #expect(report.errors.keys.contains { $0.contains("an answer ended as failed") }, "\(report.errors)")
        }
    }

    @Test func aServerThatRefusesIsReported() async throws {
        var settings = ServerSettings()
        settings.maximumSessions = 1
        try await TestServer.run(settings) { server in
            let plan = LoadPlan(
                endpoint: try LoadPlan.Endpoint("ws://127.0.0.1:\(server.port)/v1/realtime"), sessions: 3, seconds: 1,
                speech: [])
            let report = try await LoadTest(plan).run()
            #expect(!report.isClean && report.connected == 1 && !report.errors.isEmpty)
        }
    }
}
