import Audio
import Foundation
import Logging
import SileroVAD

/// Says what it costs to hear whether somebody speaks, by the built-in detector and by Silero's, in one run.
///
///     listening-bench RECORDING silero_vad.onnx
@main
enum ListeningBench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let recording = arguments.first, let model = arguments.last else {
            FileHandle.standardError.write(Data("usage: listening-bench RECORDING silero_vad.onnx\n".utf8))
            exit(64)
        }
        let sound = try AudioFileReader(URL(filePath: recording)).readAll()
        let silero = try SileroModel(model)
        let logger = Logger(label: "bench")
        var costs: [String: [Double]] = [:]
        // In turns, so that whatever else the machine does meets both.
        for _ in 0..<9 {
            costs["built-in", default: []].append(cost(of: VoiceActivityDetector(), on: sound))
            costs["silero", default: []].append(cost(of: Session(detector: silero.detector(logger: logger)), on: sound))
        }
        for (name, costs) in costs.sorted(by: { $0.key < $1.key }) {
            let least = String(format: "%.0f", costs.min() ?? 0)
            print("\(name): \(least) µs for 32 ms of sound (the fastest of \(costs.count) runs)")
        }
    }

    /// Microseconds for 32 ms of sound, which comes in pieces of 20 ms.
    private static func cost(of detector: consuming some SpeechDetector & ~Copyable, on sound: [Int16]) -> Double {
        var detector = detector
        let pieces = stride(from: 0, to: sound.count - 480, by: 480).map { Array(sound[$0..<$0 + 480]) }
        var frames = 0
        let duration = ContinuousClock().measure {
            for piece in pieces { detector.process(piece) { _ in frames += 1 } }
        }
        return duration / .microseconds(1) / Double(frames) * 3.2
    }
}

/// What a session has: a detector of whichever kind.
private struct Session: SpeechDetector, ~Copyable {
    var detector: any SpeechDetector & ~Copyable

    mutating func process(_ samples: [Int16], _ body: (_ probability: Float) -> Void) {
        detector.process(samples, body)
    }
}
