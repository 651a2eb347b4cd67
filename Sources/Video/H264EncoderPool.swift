import Synchronization

/// Encoders with equal settings, kept open between utterances, because opening one takes milliseconds.
///
/// As many can be borrowed as are asked for; only the number of idle ones that are kept is bounded.
public final class H264EncoderPool: Sendable {
    /// What its encoders are made with.
    public let settings: H264Settings

    private let capacity: Int
    private let idle = Mutex<[IdleEncoder]>([])

    /// An empty pool.
    /// - Parameter capacity: how many idle encoders are kept, each some megabytes large.
    public init(_ settings: H264Settings, capacity: Int = 16) {
        self.settings = settings
        self.capacity = capacity
    }

    /// Lends an encoder, an idle one if there is one. It comes back by itself when its loan is no longer referenced.
    /// - Throws: ``H264Encoder/Failure`` if a new one is needed and cannot be opened.
    public func borrow() throws(H264Encoder.Failure) -> LentEncoder {
        if let waiting = idle.withLock({ $0.popLast() }) { return LentEncoder(waiting.encoder, of: self) }
        return LentEncoder(try H264Encoder(settings), of: self)
    }

    fileprivate func takeBack(_ encoder: IdleEncoder) {
        idle.withLock { idle in
            if idle.count < capacity { idle.append(encoder) }
        }
    }

    /// An encoder that nobody uses.
    ///
    /// Unchecked: its encoder is referenced by the pool alone while it is idle, and by one loan otherwise.
    fileprivate struct IdleEncoder: @unchecked Sendable {
        let encoder: H264Encoder
    }
}

/// An encoder on loan from a pool. Its first frame is a keyframe, whatever the encoder did before.
///
/// It goes back to the pool when the last reference to it goes, however an utterance ends. It belongs to one task at
/// a time: it is not `Sendable`.
public final class LentEncoder {
    private let encoder: H264Encoder
    private let pool: H264EncoderPool
    private var isFresh = true

    fileprivate init(_ encoder: H264Encoder, of pool: H264EncoderPool) {
        self.encoder = encoder
        self.pool = pool
    }

    deinit { pool.takeBack(.init(encoder: encoder)) }

    /// Compresses one picture; see ``H264Encoder/encode(_:forceKeyframe:)``.
    public func encode(_ picture: PixelBuffer, forceKeyframe: Bool = false) throws(H264Encoder.Failure) -> EncodedFrame
    {
        let frame = try encoder.encode(picture, forceKeyframe: forceKeyframe || isFresh)
        isFresh = false
        return frame
    }
}
