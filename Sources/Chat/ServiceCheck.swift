internal import Foundation
internal import Settings

/// Whether one of the services of a chat can be reached and lets us in.
public struct ServiceCheck: Sendable {
    /// What it is for, for people.
    public var purpose: String
    /// Which of its models is to be asked.
    public var model: String
    /// Where it is.
    public var baseURL: String
    /// Why it cannot be used; nil if it can.
    public var problem: ServiceError?
}

extension ChatSettings {
    /// Asks each service for its list of models, which costs nothing.
    public func check() async -> [ServiceCheck] {
        let parts: [(ServiceSettings?, String)] = [
            (transcription?.service, "speech recognition"), (languageModel.service, "language model"),
            (synthesis?.service, "speech synthesis"),
        ]
        var checks: [ServiceCheck] = []
        for case (let settings?, let purpose) in parts {
            var check = ServiceCheck(
                purpose: purpose, model: settings.model, baseURL: settings.baseURL.absoluteString, problem: nil)
            do {
                _ = try await Service(settings, purpose: purpose).get("/models")
            } catch let error as ServiceError {
                // A server without such a list is there, too.
                if case .refused(404, _, _) = error.failure {} else { check.problem = error }
            } catch {}  // Cancelled: nobody wants to know any more.
            checks.append(check)
        }
        return checks
    }
}
