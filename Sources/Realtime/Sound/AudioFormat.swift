internal import Audio

/// How sound travels.
public enum AudioFormat: String, Sendable, Equatable, CaseIterable {
    /// 24 kHz, mono, signed 16-bit little-endian.
    case pcm = "audio/pcm"
    /// G.711 µ-law, 8 kHz.
    case muLaw = "audio/pcmu"
    /// G.711 A-law, 8 kHz.
    case aLaw = "audio/pcma"

    /// The law; nil for samples as they are.
    var law: G711? {
        switch self {
        case .pcm: nil
        case .muLaw: .muLaw
        case .aLaw: .aLaw
        }
    }

    /// Samples a second.
    var rate: Int { law == nil ? SpeechFormat.sampleRate : G711.sampleRate }

    /// Samples of a whole recording at ``rate``, as speech at 24 kHz.
    func speech(_ samples: [Int16]) throws -> [Int16] {
        let resampler = try Resampler(from: rate)
        return try resampler.resample(samples) + resampler.finish()
    }
}

extension AudioFormat: Codable {
    private enum CodingKeys: String, CodingKey {
        case type, rate
    }

    /// Reads the object `format`.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let type = try fields.decode(String.self, forKey: .type)
        guard let format = AudioFormat(rawValue: type) else {
            throw fields.unsupported(
                .type, found: type, supported: AudioFormat.allCases.map(\.rawValue).joined(separator: ", "))
        }
        if let rate = try fields.decodeIfPresent(Double.self, forKey: .rate), rate != Double(format.rate) {
            throw fields.unsupported(.rate, found: rate.shortDescription, supported: "\(format.rate) for \(type)")
        }
        self = format
    }

    /// Writes the object `format`; G.711 has but one rate.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(rawValue, forKey: .type)
        if law == nil { try fields.encode(rate, forKey: .rate) }
    }
}

extension CodingUserInfoKey {
    /// The ``AudioFormat`` of the sound that the client sends.
    static let audioFormat = CodingUserInfoKey(rawValue: "audioFormat")
}

extension Decoder {
    /// The format of the sound in what is read.
    var audioFormat: AudioFormat {
        CodingUserInfoKey.audioFormat.flatMap { userInfo[$0] as? AudioFormat } ?? .pcm
    }
}
