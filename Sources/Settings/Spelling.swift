/// What somebody meant who misspelled a name.
public enum Spelling {
    /// The name that is most like `name`, if one is like it. Of names with dots, the last part counts too.
    public static func nearest(to name: String, among names: some Sequence<String>) -> String? {
        let leaf = leaf(of: name)
        let candidates = names.map { known in
            (known, min(editDistance(name, known), editDistance(leaf, Self.leaf(of: known))))
        }
        return candidates.min { $0.1 < $1.1 }.flatMap { $0.1 <= max(2, leaf.count / 2) ? $0.0 : nil }
    }

    private static func leaf(of name: String) -> String { name.split(separator: ".").last.map(String.init) ?? name }

    /// How many letters have to be inserted, removed or replaced (Levenshtein).
    private static func editDistance(_ first: String, _ second: String) -> Int {
        let second = Array(second)
        var row = Array(0...second.count)
        for (line, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in second.indices {
                let substitution = diagonal + (letter == second[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substitution, row[column] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
