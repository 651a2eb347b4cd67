/// Why there is no archive.
public enum ArchiveError: Error, Equatable, CustomStringConvertible {
    /// The folder or its database cannot be opened.
    case cannotOpen(folder: String, reason: String)

    /// What was found, and what to do.
    public var description: String {
        switch self {
        case .cannotOpen(let folder, let reason):
            "The archive in \(folder) cannot be opened: \(reason). Check that the folder may be written and that "
                + "sessions.sqlite in it is an archive of this program, name another one with `archive.path`, or set "
                + "`archive.enabled` to false."
        }
    }
}
