/// The shape of a mouth while a sound is made: the fifteen of Meta's "Oculus LipSync viseme reference", in its order.
public enum Viseme: Int, Sendable, CaseIterable {
    /// Silence.
    case sil
    /// p, b, m: lips pressed.
    case PP
    /// f, v: lower lip at the upper teeth.
    case FF
    /// th.
    case TH
    /// t, d.
    case DD
    /// k, g, ng.
    case kk
    /// ch, j, sh.
    case CH
    /// s, z.
    case SS
    /// n, l.
    case nn
    /// r.
    case RR
    /// As in "car".
    case aa
    /// As in "bed".
    case E
    /// As in "tip".
    case I
    /// As in "toe".
    case O
    /// As in "book".
    case U
}

/// How likely each viseme is; they sum to 1. Held in place: making one allocates nothing.
public struct VisemeWeights: Sendable, Equatable {
    static let count = 15
    private var weights = InlineArray<15, Float>(repeating: 0)

    /// Silence.
    public static let silence = VisemeWeights()

    private init() { weights[Viseme.sil.rawValue] = 1 }

    /// - Parameter weights: one for each viseme, in the order of ``Viseme``.
    init(_ weights: ArraySlice<Float>) {
        precondition(weights.count == Self.count)
        for (index, weight) in weights.enumerated() { self.weights[index] = weight }
    }

    /// That of one.
    public subscript(viseme: Viseme) -> Float { weights[viseme.rawValue] }

    /// The likeliest.
    public var strongest: Viseme { Viseme.allCases.max { self[$0] < self[$1] } ?? .sil }

    /// True if all weights are the same.
    public static func == (first: VisemeWeights, second: VisemeWeights) -> Bool {
        Viseme.allCases.allSatisfy { first[$0] == second[$0] }
    }
}
