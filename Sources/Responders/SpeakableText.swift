internal import Foundation

/// Text as a library of voices may have it: nothing in it but what can be said.
///
/// Control characters, emoji and private characters become spaces; the libraries would stumble over them, stop at
/// them (NUL), or read out their names.
package struct SpeakableText: Sendable, Equatable {
    /// The text; without a single letter or digit it is empty.
    package let text: String

    package init(_ source: some StringProtocol) {
        var scalars = String.UnicodeScalarView()
        var canBeSaid = false
        for scalar in source.unicodeScalars {
            let properties = scalar.properties
            let isSaid = properties.isAlphabetic || properties.numericType != nil
            canBeSaid = canBeSaid || isSaid
            scalars.append(isSaid || Self.isPunctuation(scalar) ? scalar : " ")
        }
        text = canBeSaid ? String(scalars).trimmingCharacters(in: .whitespaces) : ""
    }

    /// The text in ASCII: accents dropped, typographic marks spelled with a typewriter's, as Flite wants it.
    var ascii: String {
        var ascii = text
        for (mark, words) in [("€", " euros "), ("£", " pounds "), ("°", " degrees "), ("—", ", ")] {
            ascii.replace(mark, with: words)
        }
        ascii = ascii.applyingTransform(StringTransform("Latin-ASCII"), reverse: false) ?? ascii
        return String(String.UnicodeScalarView(ascii.unicodeScalars.map { $0.isASCII ? $0 : " " }))
    }

    /// Marks, accents, currency and mathematical signs; not emoji, whose names would be read.
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isEmojiPresentation { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .otherSymbol, .modifierSymbol, .enclosingMark,
            .lineSeparator, .paragraphSeparator:
            // The joiners shape words of Hindi and Persian; the degree sign is a word.
            return scalar == "\u{200C}" || scalar == "\u{200D}" || scalar == "°"
        default: return true
        }
    }
}
