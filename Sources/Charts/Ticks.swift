import Foundation

/// Nice numbers: one, two or five times a power of ten.
enum Ticks {
    /// About six ticks. On a linear scale they enclose the range; on a logarithmic one they lie within it, or, where
    /// that leaves fewer than three, around it.
    static func nice(_ range: ClosedRange<Double>, scale: Axis.Scale) -> [Double] {
        switch scale {
        case .linear: linear(range)
        case .logarithmic: logarithmic(range)
        }
    }

    private static func linear(_ range: ClosedRange<Double>) -> [Double] {
        let rough = (range.upperBound - range.lowerBound) / 5
        let power = pow(10, floor(log10(rough)))
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
        let first = (range.lowerBound / step + 1e-9).rounded(.down)
        let count = Int((range.upperBound / step - 1e-9).rounded(.up) - first)
        return (0...max(1, min(count, 20))).map { (first + Double($0)) * step }
    }

    private static func logarithmic(_ range: ClosedRange<Double>) -> [Double] {
        let low = Int(floor(log10(range.lowerBound)))
        let high = Int(ceil(log10(range.upperBound)))
        // Many decades have room for some powers of ten alone; less than one needs every digit.
        let stride = max(1, (high - low + 7) / 8)
        var ticks: [Double] = []
        for factors in high - low <= 3 ? [[1, 2, 5], Array(1...9)] : [[1]] {
            let all = Swift.stride(from: low, through: high, by: stride).flatMap { power in
                factors.map { Double($0) * pow(10, Double(power)) }
            }
            ticks = all.filter { range.contains($0) }
            guard ticks.count < 3 else { break }
            ticks = [all.last { $0 <= range.lowerBound }, all.first { $0 >= range.upperBound }].compactMap { $0 }
        }
        return ticks
    }

    /// A number as people write it at an axis: `0.25`, `40`, `150k`, `2M`.
    /// - Parameter step: the distance of the ticks, which says how many digits tell them apart; nil for three
    ///   significant ones.
    static func label(_ value: Double, step: Double? = nil) -> String {
        let (unit, suffix) =
            switch abs(value) {
            case 1e9..<1e12: (1e9, "G")
            case 1e6..<1e9: (1e6, "M")
            case 1e4..<1e6: (1e3, "k")
            default: (1.0, "")
            }
        guard abs(value) < 1e12, abs(value) >= 1e-4 || value == 0 else { return String(format: "%.3g", value) }
        let resolution = step ?? abs(value) / 100
        let digits = resolution > 0 ? max(0, min(6, Int(-floor(log10(resolution / unit) + 1e-9)))) : 0
        var text = String(format: "%.\(digits)f", value / unit)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        // A typographer's minus is as wide as the digits.
        return text.replacing("-", with: "−") + suffix
    }
}
