/// Speech that came in and is not analysed yet, without copying the pieces.
struct SpeechQueue {
    /// Samples that ever came in.
    private(set) var total = 0

    private var pieces: [[Int16]] = []
    private var firstPiece = 0
    private var offset = 0

    mutating func append(_ speech: [Int16]) {
        guard !speech.isEmpty else { return }
        total += speech.count
        if firstPiece == pieces.count {
            pieces.removeAll(keepingCapacity: true)
            firstPiece = 0
        }
        pieces.append(speech)
    }

    /// Takes the next samples, scaled to -1…1; zeros where there are no more.
    mutating func read(into samples: UnsafeMutableBufferPointer<Float>) {
        var filled = 0
        while filled < samples.count, firstPiece < pieces.count {
            let count = min(samples.count - filled, pieces[firstPiece].count - offset)
            pieces[firstPiece].withUnsafeBufferPointer { piece in
                for index in 0..<count { samples[filled + index] = Float(piece[offset + index]) / 32_768 }
            }
            filled += count
            offset += count
            if offset == pieces[firstPiece].count {
                pieces[firstPiece] = []
                firstPiece += 1
                offset = 0
            }
        }
        for index in filled..<samples.count { samples[index] = 0 }
    }
}
