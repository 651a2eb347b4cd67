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
            return try text.withUTF8 { try PCM.decode(base64: $0) }
        } catch let error as PCMError {
            throw error.described(as: path(key))
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

extension EventError {
    /// What a decoder's error means to the client.
    init(decoding error: any Error) {
        switch error {
        case let error as EventError:
            self = error
        case DecodingError.keyNotFound(let key, let context):
            let path = (context.codingPath + [key]).jsonPath
            self.init(code: .missingField, message: "\(path) is missing. Add it.", param: path)
        case DecodingError.typeMismatch(let type, let context) where context.codingPath.isEmpty,
            DecodingError.valueNotFound(let type, let context) where context.codingPath.isEmpty:
            self.init(
                code: .invalidJSON,
                message: "An event is a JSON object (\(Self.found(in: context, expected: type))).")
        case DecodingError.typeMismatch(let type, let context), DecodingError.valueNotFound(let type, let context):
            let path = context.codingPath.jsonPath
            self.init(
                code: .invalidValue,
                message: "\(path) has the wrong type: \(Self.found(in: context, expected: type)).", param: path)
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            let path = context.codingPath.jsonPath
            self.init(
                code: .invalidValue, message: "\(path) has an invalid value: \(context.debugDescription).", param: path)
        default:
            self.init(
                code: .invalidJSON,
                message: "The message is not valid JSON. Send one JSON object in each text message.")
        }
    }

    private static func found(in context: DecodingError.Context, expected type: any Any.Type) -> String {
        let expected =
            switch type {
            case is String.Type: "a string"
            case is Bool.Type: "true or false"
            case is Double.Type, is Int.Type: "a number"
            case is [Any].Type: "an array"
            default: "an object"
            }
        // Foundation says "Expected to decode Int but found a string instead."
        let words = context.debugDescription.components(after: "found ", before: " instead")
        return "expected \(expected), found \(words ?? "null")"
    }
}

extension String {
    fileprivate func components(after start: String, before end: String) -> String? {
        guard let from = firstRange(of: start)?.upperBound, let to = self[from...].firstRange(of: end)?.lowerBound
        else { return nil }
        return String(self[from..<to])
    }
}
