import Avatars
import Engines
import Foundation
import LipSync

/// Makes films, one after the other. Models stay loaded, and so does the avatar that spoke last.
final class FilmMaker {
    private let engines: EngineCatalog
    private let library: AvatarLibrary
    private let studio = FrameStudio()
    private var last: (avatar: String, performer: Performer)?

    /// - Parameter settings: which engine moves the lips, and where it runs.
    init(_ settings: EngineSettings, library: AvatarLibrary = AvatarLibrary()) {
        engines = EngineCatalog(settings, for: .film, warn: { Warning.show($0) })
        self.library = library
    }

    /// Makes a film.
    /// - Parameters:
    ///   - avatar: the id of an avatar, or the path of a bundle.
    ///   - output: where the film will be; nothing is there after an error.
    func make(_ speech: FilmSpeech, by avatar: String, to output: String) async throws -> RenderResult {
        let start = ContinuousClock.now
        let performer = try await performer(avatar)
        let progress = RenderProgress(expectedFrames: speech.expectedFrames, start: .now)
        let rendering = try Rendering(by: performer, to: URL(filePath: output), onFrame: progress.show(frames:))
        defer { progress.clear() }
        let (frames, samples) = try await speech.say(in: rendering)
        return RenderResult(
            frames: frames, samples: samples, elapsed: ContinuousClock.now - start, avatar: performer.avatar,
            output: output)
    }

    private func performer(_ name: String) async throws -> Performer {
        if let last, last.avatar == name { return last.performer }
        last = nil
        let avatar = try await library.load(name)
        let performer = Performer(avatar: avatar, engine: try await engines.engine(for: avatar), studio: studio)
        last = (name, performer)
        return performer
    }
}
