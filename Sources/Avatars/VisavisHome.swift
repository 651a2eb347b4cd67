public import Foundation

/// Where a person's own models and avatars lie: `$VISAVIS_HOME`, or `~/.local/share/visavis`.
public struct VisavisHome: Sendable, Equatable {
    /// The folder; it need not exist.
    public let url: URL

    /// A folder that is named.
    public init(_ url: URL) { self.url = url }

    /// The folder that the environment names, or the usual one.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        if let path = environment["VISAVIS_HOME"], !path.isEmpty {
            url = URL(filePath: path, directoryHint: .isDirectory)
        } else {
            url = FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/share/visavis")
        }
    }

    /// Avatar bundles, a folder each.
    public var avatars: URL { url.appending(path: "avatars") }
    /// Model directories, and single model files such as the face detector.
    public var models: URL { url.appending(path: "models") }
}
