public import Foundation

/// What is kept of sessions, and for how long.
public struct ArchiveSettings: Sendable, Equatable {
    /// True if sessions are kept on disk. Otherwise nothing that is said is written anywhere, and a session is
    /// forgotten when its client leaves.
    public var isEnabled = false
    /// The folder of the archive; nil for `archive` in the user's folder of Visavis.
    public var folder: URL?
    /// How many days a session is kept after its end.
    public var retentionDays = 30.0
    /// True if the sound of what was said is kept too, of both sides.
    public var keepsAudio = false

    /// The defaults: nothing is kept.
    public init() {}
}
