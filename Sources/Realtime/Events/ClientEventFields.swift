internal import Responders

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

    /// Sound in `format`, in base64: samples at the format's rate.
    func decodeSound(as format: AudioFormat, forKey key: Key) throws -> [Int16] {
        var text = try decode(String.self, forKey: key)
        do {
            return try text.withUTF8 { try Base64PCM.decode($0, as: format) }
        } catch let error as Base64PCM.Failure {
            throw EventError(error, in: path(key))
        }
    }

    /// `output_modalities`: an answer is said, with its words beside it, or written.
    func decodeOutput(forKey key: Key) throws -> Conversation.Output? {
        guard let modalities = try decodeIfPresent([String].self, forKey: key) else { return nil }
        switch modalities {
        case ["audio"]: return .speech
        case ["text"]: return .text
        default: throw unsupported(key, found: modalities.description, supported: #"["audio"] or ["text"]"#)
        }
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
    var shortDescription: String {
        Int(exactly: self).map(String.init) ?? description
    }
}
