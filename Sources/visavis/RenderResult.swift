import Audio
import Avatars
import Foundation

/// What `visavis render` says in the end.
struct RenderResult: Codable, Equatable, CustomStringConvertible {
    /// Frames of the film.
    var frames: Int
    /// Seconds of speech in it.
    var seconds: Double
    /// Seconds that it took, loading the avatar included.
    var elapsedSeconds: Double
    /// ``seconds`` / ``elapsedSeconds``.
    var realtimeFactor: Double
    /// Width of the picture in pixels.
    var width: Int
    /// Height of the picture in pixels.
    var height: Int
    /// The file.
    var output: String

    enum CodingKeys: String, CodingKey {
        case frames, seconds, width, height, output
        case elapsedSeconds = "elapsed_seconds"
        case realtimeFactor = "realtime_factor"
    }

    init(frames: Int, samples: Int, elapsed: Duration, avatar: Avatar, output: String) {
        self.frames = frames
        seconds = SpeechFormat.seconds(ofSample: samples)
        elapsedSeconds = (elapsed / .milliseconds(1)).rounded() / 1_000
        realtimeFactor = (seconds / max(elapsedSeconds, 0.001) * 100).rounded() / 100
        width = avatar.width
        height = avatar.height
        self.output = output
    }

    /// A line for people.
    var description: String {
        let length = String(format: "%.1f s", seconds)
        return "\(output): \(length), \(frames) frames of \(width)×\(height), \(realtimeFactor)× real time"
    }
}
