internal import Responders

/// What the headers `x-ratelimit-…` of an answer say may still be asked.
enum RateLimitHeaders {
    /// - Parameter header: the value of a header, by name.
    static func limits(_ header: (String) -> String?) -> [RateLimit] {
        ["requests", "tokens"].compactMap { name in
            guard let limit = header("x-ratelimit-limit-\(name)").flatMap({ Int($0) }),
                let remaining = header("x-ratelimit-remaining-\(name)").flatMap({ Int($0) })
            else { return nil }
            let reset = header("x-ratelimit-reset-\(name)").flatMap(seconds) ?? 0
            return RateLimit(name: name, limit: limit, remaining: remaining, resetSeconds: reset)
        }
    }

    /// A time such as `6m0s`, `1.5s`, `20ms`, or bare seconds; nil if it is none.
    static func seconds(_ text: String) -> Double? {
        if let seconds = Double(text) { return seconds }
        var seconds = 0.0
        var rest = text[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest[digits.endIndex...]
            let unit = rest.prefix { $0.isLetter }
            rest = rest[unit.endIndex...]
            guard let number = Double(digits),
                let factor = ["h": 3_600, "m": 60, "s": 1, "ms": 0.001, "us": 1e-6, "ns": 1e-9][String(unit)]
            else { return nil }
            seconds += number * factor
        }
        return seconds
    }
}
