import Avatars
import Engines
import Hummingbird
import Realtime

/// `/v1/avatars`: who can be seen, and the picture of them that is the same for everybody.
struct AvatarRoutes {
    let stage: Stage

    private struct List: Encodable {
        let avatars: [AvatarDescription]
        let `default`: String
    }

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.get("/v1/avatars") { [stage] _, _ in
            try Response.json(
                List(avatars: stage.presences.map(\.description), default: stage.defaultAvatar))
        }
        router.get("/v1/avatars/:id/idle") { [stage] request, context in
            let avatar = try Self.presence(in: stage, context)
            return try await Self.file(avatar.parts.lend()) { $0.idle }.response(to: request)
        }
        router.get("/v1/avatars/:id/listening") { [stage] request, context in
            try await Self.clip(of: .listening, in: stage, context).response(to: request)
        }
        router.get("/v1/avatars/:id/thinking") { [stage] request, context in
            try await Self.clip(of: .thinking, in: stage, context).response(to: request)
        }
        router.get("/v1/avatars/:id/poster") { [stage] request, context in
            try Self.presence(in: stage, context).poster.response(to: request)
        }
    }

    private static func clip(
        of pose: AvatarPose, in stage: Stage, _ context: BasicRequestContext
    ) async throws -> StoredFile {
        let avatar = try presence(in: stage, context)
        return try await file(avatar.parts.lend()) { parts throws(HTTPProblem) in
            guard let clip = parts.storedPoses[pose] else {
                throw .notFound("The avatar \"\(parts.id)\" has no clip of itself \(pose.rawValue).")
            }
            return clip
        }
    }

    private static func file(
        _ avatar: Loan<Stage.Parts>, _ clip: (Stage.Parts) throws(HTTPProblem) -> OnDemand<StoredFile>
    ) async throws(HTTPProblem) -> StoredFile {
        let clip = try clip(avatar.item)
        do throws(AvatarUnavailable) {
            return try await avatar.load(clip)
        } catch {
            throw .unavailable("\(error)")
        }
    }

    private static func presence(in stage: Stage, _ context: BasicRequestContext) throws -> Stage.Presence {
        let id = try context.parameters.require("id")
        guard let presence = stage[id] else {
            throw HTTPProblem.notFound("There is no avatar \"\(id)\"; /v1/avatars lists them.", parameter: "id")
        }
        return presence
    }
}
