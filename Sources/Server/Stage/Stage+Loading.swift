public import Avatars
import Batching
import Engines
import Foundation
import Inference
import LipSync
public import Logging
import Realtime

extension Stage {
    /// Loads the avatar that the settings name, and looks at all others that there are, to be loaded when clients ask.
    ///
    /// Of the others those are left out that an engine that is named does not suit, and, with a line in the log, those
    /// whose bundle is broken.
    /// - Parameter library: the avatars that can be named.
    /// - Throws: for the default avatar, what it and its engine throw: `AvatarError`, `EngineError`, ….
    public static func load(
        _ settings: ServerSettings, library: AvatarLibrary = AvatarLibrary(), logger: Logger
    ) async throws -> Stage {
        let engines = EngineCatalog(
            settings.engine, admission: settings.admission,
            observer: { BatchMetrics(engine: EngineSettings.Name.musetalk.rawValue, device: $0.description) },
            report: { logger.notice("\($0)") }, warn: { logger.warning("\($0)") })
        let studio = FrameStudio(
            policy: try settings.engine.batching.sizePolicy(), admission: settings.admission,
            observer: StudioMetrics())
        let chosen = try library.locate(settings.avatar)
        let others = library.list().filter { settings.engine.engine.suits($0.kind) }.map(\.folder)
            .filter { $0.standardizedFileURL != chosen.standardizedFileURL }

        let first = Presence(
            try await .load(from: chosen), in: chosen, releaseAfter: nil, engines: engines, studio: studio,
            logger: logger)
        let parts = first.parts.lend().item
        _ = try await parts.idle.value()
        let performer = try await parts.performer.value()
        logger.notice("This machine carries \(performer.places.map(\.maximum).min() ?? 0) who speak at the same time.")
        var stage = Stage(defaultAvatar: first.description.id, engines: engines)
        stage.add(first)
        let enter: @Sendable (URL) async throws -> Void = { [stage] folder in
            let preview = try await AvatarPreview.load(from: folder)
            stage.add(
                Presence(
                    preview, in: folder, releaseAfter: .seconds(60 * settings.avatarIdleMinutes), engines: engines,
                    studio: studio, logger: logger))
        }
        for folder in others {
            do {
                try await enter(folder)
            } catch {
                logger.warning("An avatar is left out.", metadata: ["reason": "\(error)"])
            }
        }
        stage.enter = enter
        return stage
    }
}

extension Stage.Presence {
    /// An avatar that is loaded when its idle clip, or somebody to speak for it, is first asked for.
    /// - Parameter patience: how long nobody uses it before it is let go; nil if it stays.
    init(
        _ preview: AvatarPreview, in folder: URL, releaseAfter patience: Duration?, engines: EngineCatalog,
        studio: FrameStudio, logger: Logger
    ) {
        description = AvatarDescription(preview)
        poster = StoredFile(preview.poster, contentType: "image/png")
        parts = Lending(releaseAfter: patience) {
            Stage.Parts(preview, in: folder, engines: engines, studio: studio, logger: logger)
        }
    }
}

extension Stage.Parts {
    /// Loads nothing yet.
    init(_ preview: AvatarPreview, in folder: URL, engines: EngineCatalog, studio: FrameStudio, logger: Logger) {
        id = preview.id
        let avatar = OnDemand { try await Self.load(folder, logger: logger) }
        self.avatar = avatar
        idle = OnDemand {
            let avatar = try await avatar.value()
            return StoredFile(clip: avatar.idle, fps: avatar.fps)
        }
        let poses = Dictionary(
            uniqueKeysWithValues: preview.poses.map { pose in
                (pose, OnDemand { try await pose.load(from: folder) })
            })
        self.poses = poses
        storedPoses = poses.mapValues { pose in
            OnDemand { StoredFile(clip: try await pose.value(), fps: preview.fps) }
        }
        performer = OnDemand {
            let avatar = try await avatar.value()
            let performer = Performer(avatar: avatar, engine: try await engines.engine(for: avatar), studio: studio)
            try await performer.rehearse()
            return performer
        }
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
