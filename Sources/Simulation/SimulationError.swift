/// Why nothing can be simulated.
public enum SimulationError: Error, Equatable, CustomStringConvertible {
    /// A device cannot be as fast as that.
    case curve(fixed: Double, perFrame: Double)
    /// A result of `visavis bench` has no times.
    case nothingMeasured
    /// A number is out of its range.
    case range(name: String, found: String, expected: String)

    /// What was found, what was expected and what to do.
    public var description: String {
        switch self {
        case .curve(let fixed, let perFrame):
            "The device takes \(fixed) ms for a batch and \(perFrame) ms for each of its frames; expected 0 or more, and "
                + "more than 0, e.g. 20,10."
        case .nothingMeasured:
            "The bench result has no row with a batch time; expected one at least. Measure with `visavis bench`."
        case .range(let name, let found, let expected): "\(name) is \(found); expected \(expected)."
        }
    }
}
