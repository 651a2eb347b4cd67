public import Video

/// A person that can be shown: a clip that loops without a seam, and what an engine needs to paint its mouth.
///
/// Loaded once, then shared by every session; nothing in it changes after loading.
public final class Avatar: Sendable {
    /// The bundle's name in the configuration and on the wire, e.g. `mira`.
    public let id: String
    /// The name that people see.
    public let name: String
    /// Width of every frame in pixels, even.
    public let width: Int
    /// Height of every frame in pixels, even.
    public let height: Int
    /// Frames a second; 25.
    public let fps: Int
    /// Frames in the clip.
    public let frameCount: Int

    init(id: String, name: String, width: Int, height: Int, fps: Int, frameCount: Int) {
        self.id = id
        self.name = name
        self.width = width
        self.height = height
        self.fps = fps
        self.frameCount = frameCount
    }
}
