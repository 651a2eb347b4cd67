import Engines
import Realtime

/// An avatar that is listed cannot be shown.
struct AvatarUnavailable: Error, Equatable, CustomStringConvertible {
    /// Which one.
    let id: String
    /// Why, in the words of who found out.
    let reason: String

    /// What was found, and what to do.
    var description: String {
        "The avatar \"\(id)\" cannot be loaded: \(reason) Mend that and connect again, or choose another avatar."
    }
}

extension Loan<Stage.Parts> {
    /// A part of it that is loaded when it is first asked for.
    func load<Part>(_ part: KeyPath<Stage.Parts, OnDemand<Part>>) async throws(AvatarUnavailable) -> Part {
        try await load(item[keyPath: part])
    }

    /// A part of it that is loaded when it is first asked for.
    func load<Part>(_ part: OnDemand<Part>) async throws(AvatarUnavailable) -> Part {
        do {
            return try await part.value()
        } catch {
            throw AvatarUnavailable(id: item.id, reason: "\(error)")
        }
    }
}
