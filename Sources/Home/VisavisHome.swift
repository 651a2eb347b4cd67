public import Foundation

/// The folder where Visavis keeps what it fetches and makes: models, avatars, and what an import needs.
public struct VisavisHome: Sendable, Equatable {
    /// The folder itself.
    public let folder: URL

    /// The home in `folder`.
    public init(_ folder: URL) {
        self.folder = folder
    }

    /// The user's: `VISAVIS_HOME`, or `visavis` in `XDG_DATA_HOME`, or `~/.local/share/visavis`.
    public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        if let home = environment["VISAVIS_HOME"], !home.isEmpty {
            folder = URL(filePath: home, directoryHint: .isDirectory)
        } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            folder = URL(filePath: data, directoryHint: .isDirectory).appending(path: "visavis")
        } else {
            folder = FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/share/visavis")
        }
    }

    /// Where models are.
    public var models: URL { folder.appending(path: "models") }
    /// Where avatars are that people made.
    public var avatars: URL { folder.appending(path: "avatars") }
    /// Where sessions are kept.
    public var archive: URL { folder.appending(path: "archive") }
    /// Where models of random weights are, that are only measured.
    package var bench: URL { folder.appending(path: "bench") }
    /// Where downloads wait for the rest of them, and to be imported.
    package var downloads: URL { folder.appending(path: "downloads") }
    /// The virtual environment of imports.
    package var importEnvironment: URL { folder.appending(path: "import-venv") }
}
