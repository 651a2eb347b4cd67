/// What a face does: what is said, and how the head goes along with it.
public struct FacePose: Sendable, Equatable {
    /// The mouth.
    public var mouth: MouthShape
    /// The rest of the head.
    public var head: HeadPose

    /// The face as it is in the avatar's picture.
    public static let rest = FacePose()

    /// Puts the parts together.
    public init(mouth: MouthShape = .rest, head: HeadPose = .rest) {
        self.mouth = mouth
        self.head = head
    }
}

/// Where head, brows and lids are, beside the mouth: 0 is as in the avatar's picture.
public struct HeadPose: Sendable, Equatable {
    /// The head bent forward: −1 up … 1 down, about as far as people nod while they speak.
    public var nod: Float
    /// The head turned: −1 to the viewer's left … 1 to the right.
    public var turn: Float
    /// The head tilted: −1 … 1 clockwise on the screen.
    public var tilt: Float
    /// The brows: −1 lowered … 1 raised.
    public var brows: Float
    /// The eyes: 0 open … 1 closed.
    public var lids: Float

    /// As in the picture.
    public static let rest = HeadPose()

    /// Puts the parts together.
    public init(nod: Float = 0, turn: Float = 0, tilt: Float = 0, brows: Float = 0, lids: Float = 0) {
        self.nod = nod
        self.turn = turn
        self.tilt = tilt
        self.brows = brows
        self.lids = lids
    }

    /// How closed the eyes are in the frames of a blink: down in three, up in four.
    public static let blink: [Float] = [0.35, 0.85, 1, 0.9, 0.6, 0.28, 0.08]

    /// Both movements at once; eyes that are closed in either are closed.
    static func + (a: HeadPose, b: HeadPose) -> HeadPose {
        HeadPose(
            nod: a.nod + b.nod, turn: a.turn + b.turn, tilt: a.tilt + b.tilt, brows: a.brows + b.brows,
            lids: max(a.lids, b.lids))
    }
}
