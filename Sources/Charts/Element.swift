/// A piece of SVG or HTML. Texts and values are escaped when it is written, so that nothing in them becomes markup;
/// what it writes is well-formed XML, and HTML too.
public struct Element: Sendable {
    /// What an element contains.
    public enum Content: Sendable {
        /// Another element.
        case element(Element)
        /// Text.
        case text(String)
    }

    let name: StaticString
    let attributes: KeyValuePairs<StaticString, String>
    let contents: [Content]

    /// An element around other ones.
    public init(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ children: [Element] = []
    ) {
        self.init(name, attributes, contents: children.map(Content.element))
    }

    /// An element around text.
    public init(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String) {
        self.init(name, attributes, contents: [.text(text)])
    }

    /// An element around text and other elements.
    public init(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], contents: [Content]
    ) {
        self.name = name
        self.attributes = attributes
        self.contents = contents
    }

    /// The element as text.
    public var markup: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        text += "<\(name)"
        for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
        // HTML knows no empty element but those that never have a content.
        if contents.isEmpty && Self.isVoid(name) {
            text += "/>"
            return
        }
        text += ">"
        for content in contents {
            switch content {
            case .element(let element): element.write(to: &text)
            case .text(let content): text += Self.escaped(content)
            }
        }
        text += "</\(name)>"
    }

    private static func isVoid(_ name: StaticString) -> Bool {
        ["meta", "br", "line", "path", "rect", "circle"].contains("\(name)")
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
            // Characters that XML has no place for.
            case "\u{0}"..."\u{1F}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension Double {
    /// A coordinate: hundredths of a pixel are enough.
    var px: String {
        let rounded = (self * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
