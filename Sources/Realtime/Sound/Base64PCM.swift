internal import Audio

/// Sound as it arrives in JSON: in base64, little-endian PCM16 or G.711.
enum Base64PCM {
    /// Why sound cannot be read.
    enum Failure: Error, Equatable {
        /// Base64 of a length that is not a multiple of 4.
        case invalidLength(Int)
        /// A byte that base64 does not have.
        case invalidByte(UInt8, at: Int)
        /// What the base64 stands for is not sound.
        case notSamples(PCM16.Failure)
    }

    /// Decodes base64 of sound in `format`: samples at the format's rate.
    static func decode(_ text: UnsafeBufferPointer<UInt8>, as format: AudioFormat) throws(Failure) -> [Int16] {
        guard let law = format.law else { return try decode(text) }
        guard let length = Base64.decodedLength(of: text) else { throw .invalidLength(text.count) }
        var result = Base64.DecodingResult.decoded
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { bytes, count in
            result = Base64.decode(text, into: UnsafeMutableRawBufferPointer(bytes))
            if result == .decoded { count = length }
        }
        if case .invalidByte(let position) = result { throw .invalidByte(text[position], at: position) }
        return law.decode(bytes)
    }

    /// Decodes base64 of PCM16.
    static func decode(_ text: UnsafeBufferPointer<UInt8>) throws(Failure) -> [Int16] {
        guard let length = Base64.decodedLength(of: text) else { throw .invalidLength(text.count) }
        var result = Base64.DecodingResult.decoded
        // Room for half a sample more, so that bytes outside the alphabet are found before an odd length is.
        let samples = [Int16](unsafeUninitializedCapacity: (length + 1) / 2) { samples, count in
            result = Base64.decode(text, into: UnsafeMutableRawBufferPointer(samples))
            if result == .decoded { count = length / 2 }
        }
        if case .invalidByte(let position) = result { throw .invalidByte(text[position], at: position) }
        guard length.isMultiple(of: 2) else { throw .notSamples(.oddByteCount(length)) }
        return samples
    }
}

extension EventError {
    /// What is wrong with base64 sound, as the client is told.
    /// - Parameter field: where the sound was.
    init(_ failure: Base64PCM.Failure, in field: String) {
        switch failure {
        case .invalidLength(let length):
            self.init(
                code: .invalidBase64,
                message:
                    "\(field) is not base64: its length is \(length), which is not a multiple of 4. Pad it with =.",
                param: field)
        case .invalidByte(let byte, let position):
            self.init(
                code: .invalidBase64,
                message: "\(field) is not base64: byte \(position) is 0x\(String(byte, radix: 16)). "
                    + "Use the alphabet A–Z a–z 0–9 + / and padding only at the end.",
                param: field)
        case .notSamples(let failure):
            self.init(failure, in: field)
        }
    }

    /// What is wrong with the bytes of sound, as the client is told.
    /// - Parameter field: where the sound was.
    init(_ failure: PCM16.Failure, in field: String) {
        switch failure {
        case .oddByteCount(let length):
            self.init(
                code: .oddPCM,
                message: "\(field) has \(length) bytes of sound; 16-bit samples take an even number. "
                    + "Keep the last byte and send it with the next piece.",
                param: field)
        }
    }
}
