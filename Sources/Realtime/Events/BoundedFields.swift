/// Reading fields that the server keeps or gives back: bounded, so that no client fills its memory with them.
extension KeyedDecodingContainer {
    /// Instructions for the responder, as long as the text of an item.
    func decodeInstructions(forKey key: Key) throws -> String? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        return try decodeBoundedText(forKey: key)
    }

    /// Text as long as that of a message.
    func decodeBoundedText(forKey key: Key) throws -> String {
        let text = try decode(String.self, forKey: key)
        guard text.utf8.count <= Message.longestText else {
            throw tooMuch(key, found: "\(text.utf8.count) bytes", limit: "\(Message.longestText)")
        }
        return text
    }

    /// The client's name for its event, which an error gives back.
    func decodeEventID(forKey key: Key) throws -> String? {
        let limit = 512
        guard let id = try decodeIfPresent(String.self, forKey: key) else { return nil }
        guard id.unicodeScalars.count <= limit else {
            throw tooMuch(key, found: "\(id.unicodeScalars.count) characters", limit: "\(limit)")
        }
        return id
    }

    /// The client's notes, which the response gives back; the limits are those of OpenAI's protocol.
    func decodeMetadata(forKey key: Key) throws -> [String: String]? {
        let limit = (pairs: 16, key: 64, value: 512)
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        let pairs = try nestedContainer(keyedBy: AnyKey.self, forKey: key)
        guard pairs.allKeys.count <= limit.pairs else {
            throw tooMuch(key, found: "\(pairs.allKeys.count) pairs", limit: "\(limit.pairs)")
        }
        // Before the values: an error of a value names its key.
        if let longest = pairs.allKeys.map(\.stringValue.unicodeScalars.count).max(), longest > limit.key {
            throw tooMuch(key, found: "a key of \(longest) characters", limit: "\(limit.key)")
        }
        return try pairs.allKeys.reduce(into: [:]) { metadata, name in
            let value = try pairs.decode(String.self, forKey: name)
            guard value.unicodeScalars.count <= limit.value else {
                throw pairs.tooMuch(
                    name, found: "\(value.unicodeScalars.count) characters", limit: "\(limit.value)")
            }
            metadata[name.stringValue] = value
        }
    }

    /// The skew of frames that were shown: at most ten seconds of them, each less than ten seconds.
    func decodeSkews(forKey key: Key) throws -> [Double] {
        let limit = (frames: 250, milliseconds: 10_000.0)
        var list = try nestedUnkeyedContainer(forKey: key)
        if let count = list.count, count > limit.frames {
            throw tooMuch(key, found: "\(count) numbers", limit: "\(limit.frames)")
        }
        var skews: [Double] = []
        while !list.isAtEnd {
            let path = "\(path(key))[\(list.currentIndex)]"
            let skew = try list.decode(Double.self)
            guard abs(skew) <= limit.milliseconds else {
                throw EventError(
                    code: .invalidValue,
                    message: "\(path) is \(skew); it must be a number from -10000 to 10000, in milliseconds.",
                    param: path)
            }
            skews.append(skew)
        }
        return skews
    }

    private func tooMuch(_ key: Key, found: String, limit: String) -> EventError {
        EventError(
            code: .invalidValue, message: "\(path(key)) has \(found); it may have at most \(limit). Shorten it.",
            param: path(key))
    }
}

/// A key that the client chose.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
