/// The labels of one series, as they are written: `device="cpu",engine="viseme"`, sorted by name; empty for none.
struct LabelSet: Hashable, Comparable {
    let text: String

    /// - Parameter dimensions: names and values; of two with the same name the last counts.
    init(_ dimensions: [(String, String)]) {
        let values = Dictionary(dimensions.map { (Self.name($0), $1) }, uniquingKeysWith: { $1 })
        text = values.sorted { $0.key < $1.key }.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    }

    static func < (one: LabelSet, other: LabelSet) -> Bool { one.text < other.text }

    /// A label's or metric's name with what the format forbids replaced: `[a-zA-Z_][a-zA-Z0-9_]*`.
    static func name(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let isLetter = "a"..."z" ~= scalar || "A"..."Z" ~= scalar || scalar == "_"
            let isDigit = "0"..."9" ~= scalar
            if isDigit && scalars.isEmpty { scalars.append("_") }
            scalars.append(isLetter || isDigit ? scalar : "_")
        }
        return scalars.isEmpty ? "_" : String(scalars)
    }

    private static func escaped(_ value: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": scalars.append(contentsOf: "\\\\".unicodeScalars)
            case "\"": scalars.append(contentsOf: "\\\"".unicodeScalars)
            case "\n": scalars.append(contentsOf: "\\n".unicodeScalars)
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
