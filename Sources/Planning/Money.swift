import Foundation

/// Amounts as people read them.
struct Money {
    /// E.g. `CNY`.
    let currency: String

    /// E.g. `¥15,000`.
    func text(_ amount: Double) -> String {
        let number = amount.formatted(
            .number.precision(.fractionLength(0)).grouping(.automatic).locale(.init(identifier: "en")))
        let symbol = ["CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"][currency]
        return symbol.map { $0 + number } ?? "\(number) \(currency)"
    }
}

/// Numbers as people read them.
enum Digits {
    /// No more digits than are wanted, and no zeros at the end.
    static func text(_ value: Double, digits: Int = 1) -> String { text(value, 0...digits) }

    /// As many digits in each row of a column.
    static func fixed(_ value: Double, digits: Int = 1) -> String { text(value, digits...digits) }

    private static func text(_ value: Double, _ digits: ClosedRange<Int>) -> String {
        value.formatted(.number.precision(.fractionLength(digits)).grouping(.never).locale(.init(identifier: "en")))
    }
}
