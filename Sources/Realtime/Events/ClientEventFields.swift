/// Reading fields of client events so that what is wrong with one can be told exactly.

extension KeyedDecodingContainer {
    /// The JSON path of `key`, e.g. `session.audio.output.voice`.
    func path(_ key: Key) -> String {
        (codingPath + [key]).jsonPath
    }

    /// An integer, also if it is written as `5.0`.
    func decodeInteger(in range: ClosedRange<Int>, forKey key: Key) throws -> Int {
        let number = try decode(Double.self, forKey: key)
        guard let integer = Int(exactly: number), range.contains(integer) else {
            throw outOfRange(
                number,
                expected: range.lowerBound == range.upperBound
                    ? "\(range.lowerBound)" : "an integer from \(range.lowerBound) to \(range.upperBound)", key)
        }
        return integer
    }

    /// A number.
    func decodeNumber(in range: ClosedRange<Double>, forKey key: Key) throws -> Double {
        let number = try decode(Double.self, forKey: key)
        guard range.contains(number) else {
            throw outOfRange(number, expected: "a number from \(range.lowerBound) to \(range.upperBound)", key)
        }
        return number
    }

    /// Sound: base64 of little-endian PCM16.
    func decodePCM(forKey key: Key) throws -> [Int16] {
        var text = try decode(String.self, forKey: key)
        do {
            return try text.withUTF8 { try Base64PCM.decode($0) }
        } catch let error as Base64PCM.Failure {
            throw EventError(error, in: path(key))
        }
    }

    /// Checks a format of sound: only `audio/pcm` at 24 kHz is spoken here.
    func checkFormat(forKey key: Key) throws {
        guard contains(key), try !decodeNil(forKey: key) else { return }
        let format = try nestedContainer(keyedBy: FormatKeys.self, forKey: key)
        let type = try format.decode(String.self, forKey: .type)
        guard type == AudioFormat.type else {
            throw format.unsupported(.type, found: type, supported: AudioFormat.type)
        }
        if let rate = try format.decodeIfPresent(Double.self, forKey: .rate), rate != Double(AudioFormat.rate) {
            throw format.unsupported(.rate, found: rate.shortDescription, supported: "\(AudioFormat.rate)")
        }
    }

    /// Checks `output_modalities`: an avatar answers with sound.
    func checkModalities(forKey key: Key) throws {
        guard let modalities = try decodeIfPresent([String].self, forKey: key), modalities != ["audio"] else { return }
        throw unsupported(key, found: modalities.description, supported: #"["audio"]"#)
    }

    /// The error for a value that OpenAI's protocol knows and this server does not.
    func unsupported(_ key: Key, found: String, supported: String) -> EventError {
        EventError(
            code: .unsupported,
            message: "\(path(key)) is \(found.quotedForMessage); this server supports only \(supported).",
            param: path(key))
    }

    private func outOfRange(_ number: Double, expected: String, _ key: Key) -> EventError {
        EventError(
            code: .invalidValue, message: "\(path(key)) is \(number.shortDescription); it must be \(expected).",
            param: path(key))
    }
}

private enum FormatKeys: String, CodingKey {
    case type, rate
}

extension [any CodingKey] {
    /// `a.b[0].c`.
    var jsonPath: String {
        reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }
}

extension String {
    /// In quotation marks, and short: what clients send is never echoed in full.
    var quotedForMessage: String {
        count > 80 ? "“\(prefix(80))…”" : "“\(self)”"
    }
}

extension Double {
    /// Without `.0` if it is an integer.
    fileprivate var shortDescription: String {
        Int(exactly: self).map(String.init) ?? description
    }
}
