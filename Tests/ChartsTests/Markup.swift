import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// XML that was read by a parser that forgives nothing.
struct Markup {
    /// What was read.
    let text: String
    /// How many elements of each name there are.
    let count: [String: Int]
    /// The texts of the elements.
    let texts: Set<String>

    init(_ text: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        guard parser.parse() else { throw NotWellFormed(reason: "\(parser.parserError as Any)", text: text) }
        self.text = text
        count = reader.count
        texts = reader.texts
    }

    struct NotWellFormed: Error {
        var reason: String
        var text: String
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var count: [String: Int] = [:]
        var texts: Set<String> = []
        private var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            count[name, default: 0] += 1
            text = ""
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            if !text.isEmpty { texts.insert(text) }
            text = ""
        }
    }
}
