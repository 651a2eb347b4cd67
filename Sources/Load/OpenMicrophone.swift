/// What a microphone that stays open hears: turns, and silence between them, piece by piece in real time.
struct OpenMicrophone {
    /// Between two pieces.
    static let interval = Duration.milliseconds(20)

    private var turn: (number: Int, next: Int)?
    private let start: Duration
    private var pieces = 0

    /// It is opened at `start`.
    init(openedAt start: Duration) {
        self.start = start
    }

    /// When the next piece has been heard.
    var nextInstant: Duration { start + Self.interval * (pieces + 1) }

    /// Somebody begins to say a turn.
    mutating func begin(turn number: Int) {
        turn = (number, 0)
    }

    /// A piece of sound.
    struct Piece: Equatable {
        /// Turn and number of the piece; nil for silence.
        var speech: Speech?
        /// True if the turn has been said with it.
        var endsTurn: Bool

        /// Where it is from.
        struct Speech: Equatable {
            var turn: Int
            var index: Int
        }
    }

    /// Takes the next piece.
    /// - Parameter length: how many pieces a turn has.
    mutating func next(lengthOfTurn length: (Int) -> Int) -> Piece {
        pieces += 1
        guard let (number, index) = turn else { return Piece(speech: nil, endsTurn: false) }
        let isLast = index + 1 >= length(number)
        turn = isLast ? nil : (number, index + 1)
        return Piece(speech: .init(turn: number, index: index), endsTurn: isLast)
    }
}
