/// Which frame of the idle clip the client shows, as far as the server knows.
struct IdlePosition: Sendable, Equatable {
    private let frames: Int
    private let fps: Int
    private var frame: Int
    private var time: Duration

    /// The clip starts with frame 0 at `time`.
    /// - Parameter frames: frames in the clip, at least 1.
    init(frames: Int, fps: Int, startedAt time: Duration) {
        self.frames = frames
        self.fps = fps
        frame = 0
        self.time = time
    }

    /// The client said that it shows `frame` at `time`.
    mutating func update(frame: Int, at time: Duration) {
        self.frame = frame % frames
        self.time = time
    }

    /// The frame that is shown at `time`, which is not before the last update. An utterance counts on through the
    /// clip, so it makes no difference whether one was spoken in between.
    func frame(at time: Duration) -> Int {
        let elapsed = max((time - self.time).microseconds, 0)
        return (frame + (elapsed * fps + 500_000) / 1_000_000) % frames
    }
}
