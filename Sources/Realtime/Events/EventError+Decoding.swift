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
        let found =
            switch context.debugDescription.components(after: "found ", before: " instead") {
            case "number"?: "a number"
            case "bool"?: "true or false"
            case "null value"?, nil: "null"
            case let words?: words
            }
        return "expected \(expected), found \(found)"
    }
}

extension String {
    fileprivate func components(after start: String, before end: String) -> String? {
        guard let from = firstRange(of: start)?.upperBound, let to = self[from...].firstRange(of: end)?.lowerBound
        else { return nil }
        return String(self[from..<to])
    }
}
