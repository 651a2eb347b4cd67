import Audio
import Avatars
import Foundation
import Glibc
import LipSync
import Video

/// What it costs to read lips: `lips-bench RECORDING`.
@main struct LipsBench {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: lips-bench RECORDING\n".utf8))
            exit(2)
        }
        let speech = try AudioFileReader(URL(filePath: CommandLine.arguments[1])).readAll()
        let network = try LipNetwork()
        print("sessions  µs a frame  of a core a session")
        for sessions in [1, 4, 12, 24, 48] {
            let cost = try await fastest(of: 5) { try await read(speech, sessions, network) }
            show("\(sessions)", cost)
        }
        show("signal", await fastest(of: 5) { readBySignalProcessing(speech) })
        let mira = try await AvatarLibrary().load(AvatarLibrary.defaultAvatar)
        let face = try mira.riggedFace(for: "viseme")
        let mouth = MouthShape(jaw: 0.4, width: 0.3, upperLip: 0.3, lowerLip: 0.3)
        print("painting  µs a frame  of a core a session")
        for (name, pose) in [
            ("still", FacePose.rest), ("mouth", FacePose(mouth: mouth)),
            ("head", FacePose(head: HeadPose(nod: 0.4, turn: 0.3, tilt: 0.2))),
            ("all", FacePose(mouth: mouth, head: HeadPose(nod: 0.4, turn: 0.3, tilt: 0.2, brows: 0.3))),
        ] {
            show(name, await fastest(of: 5) { paint(pose, face, width: mira.width, height: mira.height) })
        }
    }

    private static func show(_ name: String, _ seconds: Double) {
        let padding = String(repeating: " ", count: max(0, 8 - name.count))
        print(padding + name + String(format: "  %10.1f  %.3f %%", seconds * 1e6, seconds * 2_500))
    }

    private static func paint(_ pose: FacePose, _ face: RiggedFace, width: Int, height: Int) -> Double {
        let (brush, picture) = (face.makeBrush(), PixelBuffer(width: width, height: height))
        let start = processorSeconds()
        for frame in 0..<500 { face.paint(pose, atBaseFrame: frame, into: picture, using: brush) }
        return (processorSeconds() - start) / 500
    }

    /// Seconds of processor time a frame.
    private static func read(_ speech: [Int16], _ sessions: Int, _ network: LipNetwork) async throws -> Double {
        let start = processorSeconds()
        let frames = try await withThrowingTaskGroup { group in
            for _ in 0..<sessions {
                group.addTask { try await count(speech, network) }
            }
            return try await group.reduce(0, +)
        }
        return (processorSeconds() - start) / Double(frames)
    }

    /// In pieces of a frame, as speech arrives: those who speak at the same time ask at the same time.
    @concurrent
    private static func count(_ speech: [Int16], _ network: LipNetwork) async throws -> Int {
        let reader = LipReader(network)
        var frames = 0
        for start in stride(from: 0, to: speech.count, by: 960) {
            reader.append(Array(speech[start..<min(start + 960, speech.count)]))
            while try await reader.next() != nil { frames += 1 }
        }
        return frames
    }

    private static func readBySignalProcessing(_ speech: [Int16]) -> Double {
        let start = processorSeconds()
        let reader = SignalLipReader()
        reader.append(speech)
        reader.finish()
        var frames = 0
        while reader.next() != nil { frames += 1 }
        return (processorSeconds() - start) / Double(frames)
    }

    private static func fastest(of rounds: Int, _ body: () async throws -> Double) async rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<rounds { best = min(best, try await body()) }
        return best
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
