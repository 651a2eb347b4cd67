import LipSync
import Video

extension UtteranceFaces {
    /// Both steps of a frame that nobody waits for.
    func prepareAndPaint(into picture: PixelBuffer) async throws -> Bool {
        guard try await prepareNextFrame(within: nil) else { return false }
        paintNextFrame(into: picture)
        return true
    }
}
