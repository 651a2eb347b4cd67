extension FrameCost {
    /// The fixed time and the efficiency with which the figures are met best: least squares of the relative errors.
    /// The time is linear in `fixed` and in `1 / efficiency` as long as computing is what takes the time, which it
    /// does on every GPU there is: frames that are moved wait for frames that are computed.
    /// - Parameter figures: those that are times, each with its GPU.
    /// - Returns: nil if the figures do not say both.
    public init?(fitting figures: [(figure: PublishedFigure, gpu: GPU)]) {
        self = .published
        let terms: [LinearFit.Term] = figures.compactMap { figure, gpu in
            guard let seconds = figure.seconds, let frames = figure.frames else { return nil }
            return .init(
                constant: Double(Self.batches(of: figure.batch, for: frames)), slope: Double(frames) * work / gpu.fp16,
                value: seconds)
        }
        guard let fit = LinearFit(terms), fit.constant >= 0, fit.slope > 0 else { return nil }
        fixed = fit.constant
        efficiency = 1 / fit.slope
    }
}

/// The two coefficients with which `constant × a + slope × b` comes closest to some values, by relative error.
struct LinearFit {
    struct Term {
        var constant: Double
        var slope: Double
        var value: Double
    }

    let constant: Double
    let slope: Double

    /// - Returns: nil if the terms, which have to have values above zero, do not determine both.
    init?(_ terms: [Term]) {
        var (aa, ab, bb, a, b) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for term in terms {
            let (x, y) = (term.constant / term.value, term.slope / term.value)
            aa += x * x
            ab += x * y
            bb += y * y
            a += x
            b += y
        }
        let determinant = aa * bb - ab * ab
        guard terms.count > 1, determinant > 1e-9 * aa * bb else { return nil }
        constant = (a * bb - b * ab) / determinant
        slope = (b * aa - a * ab) / determinant
    }
}
