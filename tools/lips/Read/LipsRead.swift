import ArgumentParser
import Audio
import Avatars
import Foundation
import LipSync

/// Reads lips off recordings, as an avatar would show them, for training/evaluate.py: one JSON object a file, a line each.
@main struct LipsRead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lips-read",
        abstract: "Print what the mouth does in recordings, 25 times a second, as an avatar shows it.")

    @Argument(help: "Sound files of any kind.", completion: .file())
    var files: [String]

    /// What one reader shows: for each video frame the parts in the order of training/lipreading/phones.py, and where it knows, the
    /// number of the viseme.
    private struct Track: Encodable {
        var parts: [[Float]] = []
        var visemes: [Int] = []
    }

    private struct Line: Encodable {
        let file: String
        let network: Track
        let signal: Track
    }

    func run() async throws {
        let network = try LipNetwork()
        let encoder = JSONEncoder()
        for file in files {
            let speech = try AudioFileReader(URL(filePath: file)).readAll()
            let line = Line(file: file, network: try await Self.read(speech, network), signal: Self.read(speech))
            FileHandle.standardOutput.write(try encoder.encode(line) + Data("\n".utf8))
        }
    }

    private static func read(_ speech: [Int16], _ network: LipNetwork) async throws -> Track {
        let reader = LipReader(network)
        reader.append(speech)
        reader.finish()
        var track = Track()
        while let frame = try await reader.next() {
            track.parts.append(parts(frame.shape))
            track.visemes.append(frame.visemes.strongest.rawValue)
        }
        return track
    }

    private static func read(_ speech: [Int16]) -> Track {
        let reader = SignalLipReader()
        reader.append(speech)
        reader.finish()
        var track = Track()
        while let shape = reader.next() { track.parts.append(parts(shape)) }
        return track
    }

    private static func parts(_ shape: MouthShape) -> [Float] { shape.parts.indices.map { shape.parts[$0] } }
}
