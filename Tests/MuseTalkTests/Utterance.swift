import Audio
import Foundation
import Models
import TestSupport

@testable import MuseTalk

/// Speech, heard by the mini model.
struct Utterance {
    var samples: [Int16]
    var rate: Int

    /// The speech of all audio goldens: 8 s at 16 kHz.
    static func golden() throws -> Utterance { Utterance(samples: try wav(Golden.url("eng-8s.wav")), rate: 16_000) }

    /// A recording as the program reads it.
    init(_ recording: Recording) throws {
        samples = try AudioFileReader(recording.url).readAll()
        rate = SpeechFormat.sampleRate
    }

    init(samples: [Int16], rate: Int) {
        self.samples = samples
        self.rate = rate
    }

    /// The conditioning of all its frames.
    /// - Parameter piece: samples in one piece; nil for all.
    func conditioning(_ hearing: SpeechHearing, piece: Int? = nil) async throws -> [[Float]] {
        let conditioner = try SpeechConditioner(Self.model(hearing), rate: rate)
        var frames: [[Float]] = []
        var start = 0
        while start < samples.count {
            let end = min(samples.count, start + (piece ?? samples.count))
            conditioner.append(Array(samples[start..<end]))
            start = end
            frames += try await conditioner.takeAll()
        }
        conditioner.finish()
        return try await frames + conditioner.takeAll()
    }

    /// The mini model, loaded once for all tests.
    static func model(_ hearing: SpeechHearing) throws -> SpeechModel {
        switch hearing {
        case .streaming: try streaming.get()
        case .whole: try whole.get()
        }
    }

    private static let streaming = Result { try SpeechModel(ModelDirectory(MiniModel.folder), hearing: .streaming) }
    private static let whole = Result { try SpeechModel(ModelDirectory(MiniModel.folder), hearing: .whole) }

    /// The samples of a 16-bit mono file, as they are.
    private static func wav(_ file: URL) throws -> [Int16] {
        let bytes = try [UInt8](Data(contentsOf: file))
        guard let header = Data(bytes).range(of: Data("data".utf8)) else { return [] }
        return try PCM16.samples(fromLittleEndian: bytes[(header.upperBound + 4)...])
    }
}

extension SpeechConditioner {
    /// Every frame that there is sound for.
    func takeAll() async throws -> [[Float]] {
        var frames: [[Float]] = []
        while try await prepare(1) > 0 {
            frames.append(
                [Float](unsafeUninitializedCapacity: Self.count) { numbers, count in
                    take(into: numbers)
                    count = Self.count
                })
        }
        return frames
    }
}

/// How alike two lists of vectors are.
struct Similarity: CustomStringConvertible {
    /// The cosine of each pair.
    let cosines: [Double]

    init(_ vectors: [[Float]], _ others: [[Float]]) {
        cosines = zip(vectors, others).map { vector, other in
            let dot = zip(vector, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            let norms = [vector, other].map { $0.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() }
            return norms[0] == norms[1] && norms[0] == 0 ? 1 : dot / (norms[0] * norms[1])
        }
    }

    var mean: Double { cosines.reduce(0, +) / Double(max(1, cosines.count)) }
    /// The twentieth part of the pairs is less alike.
    var p5: Double { cosines.sorted()[cosines.count / 20] }
    var least: Double { cosines.min() ?? 1 }

    var description: String {
        "cosine mean \(mean.formatted(.number.precision(.fractionLength(6)))), "
            + "p5 \(p5.formatted(.number.precision(.fractionLength(6)))), "
            + "least \(least.formatted(.number.precision(.fractionLength(6)))) of \(cosines.count) frames"
    }
}
