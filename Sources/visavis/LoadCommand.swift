import ArgumentParser
import Audio
import Foundation
import Load

/// `visavis load`.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Measure what clients of a server experience: latency, frames in time, jitter.",
        discussion: """
            Every session says a turn of the audio file, asks for the answer, plays it as the page does, and goes on \
            with the next turn. A frame is late if it arrives after its PTS, counted from 80 ms after the first sound \
            and frame. With --hands-free they leave the microphone open and the server to find the end of each phrase; \
            times then count from the last word and the silence that ends a turn. With --silent, sessions only stay connected. Exits with 1 if a session could not be opened or \
            anything went wrong.
            """)

    @Option(help: "The server's WebSocket; ?avatar= and ?voice= choose.")
    var url = "ws://127.0.0.1:8080/v1/realtime"
    @Option(help: "Sessions at a time.")
    var sessions = 1
    @Option(help: "How long, in seconds.")
    var seconds = 30.0
    @Option(help: "What the sessions say: a file with sound.", completion: .file())
    var audio: String?
    @Option(name: .customLong("turn-seconds"), help: "The length of a turn, in seconds.")
    var turnSeconds = 10.0
    @Flag(
        name: .customLong("hands-free"),
        help: "Speak in real time, phrase by phrase, and let the server find out when a turn is over.")
    var handsFree = false
    @Flag(help: "Say nothing.")
    var silent = false
    @Option(help: "The server's process on this machine, to measure its CPU time and memory.")
    var pid: Int32?
    @Flag(help: "One JSON object instead of a table.")
    var json = false

    func validate() throws {
        guard LoadPlan.sessionCounts.contains(sessions) else {
            throw ValidationError("--sessions is \(sessions); expected \(LoadPlan.sessionCounts).")
        }
        guard LoadPlan.lengths.contains(seconds) else {
            throw ValidationError("--seconds is \(seconds); expected \(LoadPlan.lengths).")
        }
        guard LoadPlan.turnLengths.contains(turnSeconds) else {
            throw ValidationError("--turn-seconds is \(turnSeconds); expected \(LoadPlan.turnLengths).")
        }
        guard silent || audio != nil else { throw ValidationError("Say what to say with --audio FILE, or --silent.") }
    }

    func run() async throws {
        let speech = try silent ? [] : audio.map { try AudioFileReader(URL(filePath: $0)).readAll() } ?? []
        let plan = LoadPlan(
            endpoint: try LoadPlan.Endpoint(url), sessions: sessions, seconds: seconds, speech: speech,
            turnSeconds: turnSeconds, isHandsFree: handsFree, serverProcess: pid)
        let line = json ? ProgressLine(isShown: false) : ProgressLine()
        let report = try await LoadTest(plan).run { progress in
            line.show(
                "\(Int(progress.seconds)) s  \(progress.connected) connected  \(progress.frames) frames  "
                    + "\(progress.lateFrames) late  \(progress.errors) errors")
        }
        line.clear()
        if json {
            print(try MachineOutput.line(report))
        } else {
            print(report.table)
        }
        guard report.isClean else { throw ExitCode.failure }
    }
}
