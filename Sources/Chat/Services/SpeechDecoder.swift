internal import Audio

/// Makes 24 kHz mono speech of the bytes that a synthesis service sends, however they are cut: bare samples, or a WAV
/// file, which is recognised whatever was asked for.
struct SpeechDecoder {
    private enum Stage {
        /// Too little has come to tell.
        case start
        /// In the header of a WAV file: its rate and its channels, as far as they are known.
        case header(rate: Int, channels: Int)
        case samples(rate: Int, channels: Int)
    }

    private let bareRate: Int
    private var stage = Stage.start
    private var rest: [UInt8] = []
    private var resampler: Resampler?

    /// - Parameter bareRate: the rate of samples that come without a header.
    init(bareRate: Int) { self.bareRate = bareRate }

    /// Takes more bytes.
    /// - Returns: the speech in them.
    mutating func take(_ bytes: some Sequence<UInt8>) throws -> [Int16] {
        rest += bytes
        while try readHeader() {}
        guard case .samples(let rate, let channels) = stage else { return [] }
        return try samples(rate, channels)
    }

    /// Nothing more comes.
    mutating func finish() throws -> [Int16] {
        switch stage {
        case .start where !rest.isEmpty: stage = .samples(rate: bareRate, channels: 1)
        case .header: throw MalformedAnswer(reason: "the sound ends in its header")
        case .start, .samples: break
        }
        var speech: [Int16] = []
        if case .samples(let rate, let channels) = stage { speech = try samples(rate, channels) }
        if let resampler { speech += try resampler.finish() }
        return speech
    }

    /// Reads a part of what is before the samples; false if there is nothing to read (yet).
    private mutating func readHeader() throws(MalformedAnswer) -> Bool {
        switch stage {
        case .start:
            guard rest.count >= 12 else { return false }
            guard rest.starts(with: "RIFF".utf8), rest[8..<12].elementsEqual("WAVE".utf8) else {
                if rest.starts(with: "ID3".utf8) || rest.starts(with: "OggS".utf8) || rest.starts(with: "fLaC".utf8) {
                    throw MalformedAnswer(reason: "it is compressed; expected bare samples or WAV")
                }
                stage = .samples(rate: bareRate, channels: 1)
                return false
            }
            rest.removeFirst(12)
            stage = .header(rate: 0, channels: 0)
            return true
        case .header(let rate, let channels):
            guard rest.count >= 8 else { return false }
            let length = Int(integer(at: 4, bytes: 4))
            if rest.starts(with: "data".utf8) {
                guard rate > 0 else { throw MalformedAnswer(reason: "WAV without a format") }
                rest.removeFirst(8)
                stage = .samples(rate: rate, channels: channels)
                return false
            }
            guard length <= 1 << 20 else { throw MalformedAnswer(reason: "WAV with a header of \(length) bytes") }
            // Chunks have even lengths.
            let end = 8 + length + length % 2
            guard rest.count >= end else { return false }
            if rest.starts(with: "fmt ".utf8), length >= 16 { try readFormat() }
            rest.removeFirst(end)
            return true
        case .samples: return false
        }
    }

    private mutating func readFormat() throws(MalformedAnswer) {
        let (kind, channels) = (integer(at: 8, bytes: 2), Int(integer(at: 10, bytes: 2)))
        let (rate, bits) = (Int(integer(at: 12, bytes: 4)), integer(at: 22, bytes: 2))
        // 0xFFFE: PCM with more to say of its channels.
        guard kind == 1 || kind == 0xFFFE, bits == 16, 1...8 ~= channels, Resampler.rates.contains(rate) else {
            throw MalformedAnswer(
                reason: "WAV of kind \(kind) with \(channels) channels of \(bits) bits at \(rate) Hz; expected PCM16")
        }
        stage = .header(rate: rate, channels: channels)
    }

    private func integer(at offset: Int, bytes: Int) -> UInt32 {
        (0..<bytes).reduce(0) { $0 | UInt32(rest[offset + $1]) << (8 * UInt32($1)) }
    }

    /// The whole samples that have come, of the first channel.
    private mutating func samples(_ rate: Int, _ channels: Int) throws -> [Int16] {
        let whole = rest.count / (2 * channels) * 2 * channels
        let interleaved = try PCM16.samples(fromLittleEndian: rest[..<whole])
        rest.removeFirst(whole)
        let firsts = stride(from: 0, to: interleaved.count, by: channels)
        let speech = channels == 1 ? interleaved : firsts.map { interleaved[$0] }
        guard rate != SpeechFormat.sampleRate else { return speech }
        let resampler = try resampler ?? Resampler(from: rate)
        self.resampler = resampler
        return try resampler.resample(speech)
    }
}
