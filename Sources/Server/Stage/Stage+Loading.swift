import Avatars
import Engines
import Foundation
import LipSync
public import Logging
import Video

extension Stage {
    /// Loads the avatars that the settings offer: the default one first, then all that come with Visavis.
    ///
    /// Of the others those are left out that an engine that is named does not suit, and, with a line in the log, those
    /// that cannot be loaded.
    /// - Throws: `AvatarError` and `EngineError` for the default avatar.
    public static func load(_ settings: ServerSettings, logger: Logger) async throws -> Stage {
        let engines = EngineCatalog(settings.engine)
        let studio = FrameStudio()
        let library = AvatarLibrary()
        let chosen = try library.locate(settings.avatar)
        let others = library.list().filter { settings.engine.engine.suits($0.kind) }.map(\.folder)
            .filter { $0.standardizedFileURL != chosen.standardizedFileURL }

        let avatar = try await load(chosen, logger: logger)
        var stage = Stage(defaultAvatar: avatar.id)
        stage.add(avatar, engine: try await engines.engine(for: avatar), in: studio)
        for folder in others {
            do {
                let avatar = try await load(folder, logger: logger)
                guard stage[avatar.id] == nil else { continue }
                stage.add(avatar, engine: try await engines.engine(for: avatar), in: studio)
            } catch {
                logger.warning("An avatar is left out.", metadata: ["reason": "\(error)"])
            }
        }
        return stage
    }

    private mutating func add(_ avatar: Avatar, engine: any LipSyncEngine, in studio: FrameStudio) {
        add(
            Performer(avatar: avatar, engine: engine, studio: studio),
            idle: avatar.idle.map { ($0.data, $0.isKeyframe) }, poster: avatar.poster)
    }

    private static func load(_ folder: URL, logger: Logger) async throws(AvatarError) -> Avatar {
        logger.info("Loading an avatar.", metadata: ["folder": "\(folder.lastPathComponent)"])
        let start = ContinuousClock.now
        let avatar = try await Avatar.load(from: folder)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        logger.info(
            "Loaded \(avatar.name).",
            metadata: [
                "id": "\(avatar.id)", "size": "\(avatar.width)×\(avatar.height)", "frames": "\(avatar.frameCount)",
                "seconds": "\((seconds * 100).rounded() / 100)",
            ])
        return avatar
    }
}
