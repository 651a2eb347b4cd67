import Chat
import Server

extension Examination {
    /// Whether the services that answer can be reached; none of them is needed by others than those who choose them.
    func responders(_ settings: ResponderSettings) async -> [Finding] {
        await (settings.chat?.check() ?? []).map { check in
            guard let problem = check.problem else {
                return .ok("chat", "the \(check.purpose) at \(check.baseURL) answers (\(check.model))")
            }
            return .warning("chat", "\(problem)", remedy: "see docs/responders.md")
        }
    }
}
