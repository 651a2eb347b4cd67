import Audio
import Avatars
import Foundation
import LipSync
import TestSupport

/// Speech that Flite's command-line program made, and when each phone of it is heard.
struct KnownSpeech {
    /// A phone in Flite's notation: `aa`, `m`, `pau`, …
    struct Phone {
        var name: String
        /// Seconds.
        var start: Double
        var end: Double

        /// The frames that show at least half of it, and the one that shows its middle.
        var frames: ClosedRange<Int> {
            let middle = Int((start + end) / 2 * 25)
            return min(Int((start * 25).rounded()), middle)...max(Int((end * 25).rounded()) - 1, middle)
        }
    }

    var speech: [Int16]
    var phones: [Phone]

    /// True where the program is installed.
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: program) }

    private static let program = "/usr/bin/flite"

    /// - Throws: ``AudioFileError``, or what ``ChildProcess`` throws.
    init(_ text: String, voice: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).wav")
        defer { try? FileManager.default.removeItem(at: file) }
        let words = file.appendingPathExtension("phones")
        defer { try? FileManager.default.removeItem(at: words) }
        let arguments = ["-voice", voice, "-psdur", "-t", text, "-o", file.path]
        try ChildProcess(URL(filePath: Self.program), arguments, output: words).waitForExit()
        let printed = try String(contentsOf: words, encoding: .utf8)
        speech = try AudioFileReader(file).readAll()
        phones = []
        for entry in printed.split(separator: " ") {
            let parts = entry.split(separator: ":")
            guard parts.count == 2, let end = Double(parts[1]) else { continue }
            phones.append(Phone(name: String(parts[0]), start: phones.last?.end ?? 0, end: end))
        }
    }
}

/// What reads lips. Both are held to the same contract.
enum Reader: CaseIterable {
    case network, signal

    /// Starts an utterance, alone on its network: who shares a run changes the last digits.
    func start() throws -> any ShapeSource {
        switch self {
        case .network: LipReader(try LipNetwork())
        case .signal: SignalLipReader()
        }
    }
}

/// What both readers can do.
protocol ShapeSource {
    func append(_ speech: [Int16])
    func finish()
    func nextShape() async throws -> MouthShape?
}

extension LipReader: ShapeSource {
    func nextShape() async throws -> MouthShape? { try await next()?.shape }
}

extension SignalLipReader: ShapeSource {
    func nextShape() async throws -> MouthShape? { next() }
}

/// All shapes of `speech`, which comes in pieces of `size` samples.
func shapes(of speech: [Int16], inPiecesOf size: Int = .max, by reader: Reader) async throws -> [MouthShape] {
    let source = try reader.start()
    var shapes: [MouthShape] = []
    var start = 0
    while start < speech.count {
        let end = start + min(size, speech.count - start)
        source.append(Array(speech[start..<end]))
        while let shape = try await source.nextShape() { shapes.append(shape) }
        start = end
    }
    source.finish()
    while let shape = try await source.nextShape() { shapes.append(shape) }
    return shapes
}

extension MouthShape {
    /// Its parts, to be gone through.
    var values: [Float] { parts.indices.map { parts[$0] } }
}
