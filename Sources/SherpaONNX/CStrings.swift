import Glibc

/// Strings that a C structure points to, for as long as the structure is used.
final class CStrings {
    private var strings: [UnsafeMutablePointer<CChar>] = []

    deinit { for string in strings { free(string) } }

    /// A copy of `text` that lives as long as this object; null for nil.
    func callAsFunction(_ text: String?) -> UnsafePointer<CChar>? {
        guard let text, let copy = strdup(text) else { return nil }
        strings.append(copy)
        return UnsafePointer(copy)
    }
}
