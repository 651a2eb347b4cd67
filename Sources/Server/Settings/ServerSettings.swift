import Avatars
public import Batching
public import Engines
import LipSync
public import Realtime
import Responders
public import SessionArchive

/// Every setting of `visavis serve`, with its default. `visavis.example.yaml` documents them.
public struct ServerSettings: Sendable, Equatable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on, 0…65535; 0 lets the system choose.
    public var port = 8080
    /// The avatar that clients get who ask for none: the id of a built-in one, or the path of a bundle.
    public var avatar = AvatarLibrary.defaultAvatar
    /// How long nobody uses another avatar before it is let go, in minutes.
    public var avatarIdleMinutes = 30.0
    /// Whether avatars can be made in the page `/avatars/edit`: `auto` where only this machine is listened to, `true` or
    /// `false`.
    public var editAvatars = "auto"
    /// What moves the lips.
    public var engine = EngineSettings()
    /// What answers a turn.
    public var responder = "auto"
    /// The responders that there are beside the embedded ones.
    public var responders = ResponderSettings()
    /// The voice of typed text, as `/v1/voices` lists them.
    public var voice = VoiceCatalog.defaultVoice
    /// Messages of this level and above are logged: trace, debug, info, notice, warning, error or critical.
    public var logLevel = "info"
    /// How turns are found in sessions that do not choose themselves.
    public var turnDetection = TurnDetectionSettings()
    /// What hears speech: `auto`, `built-in`, or the path of Silero's model.
    public var speechDetector = SpeechDetection.automatic
    /// How many may speak, and connect, on a machine of a measured speed.
    public var admission = Admission(fps: FrameTiming.fps)
    /// What is kept of sessions.
    public var archive = ArchiveSettings()
    /// What callers of `/v1/sessions` have to know; nil if nothing.
    public var apiKey: String?
    /// Sessions at a time; more are refused with 503.
    public var maximumSessions = 512
    /// How long utterances may go on after SIGTERM, in seconds.
    public var drainSeconds = 10.0
    /// The largest message of a client, in bytes.
    public var messageBytes = 16 << 20
    /// Bytes of video that may wait for a slow client before frames are dropped.
    public var backlogVideoBytes = 1 << 20
    /// Bytes that may wait for a slow client before it is disconnected.
    public var backlogBytes = 16 << 20
    /// How long a client may read nothing before it is disconnected, in seconds.
    public var backlogSeconds = 10.0

    /// The defaults.
    public init() {}

    /// True if avatars can be made over the network.
    var allowsEditing: Bool {
        editAvatars == "auto" ? ["127.0.0.1", "::1", "localhost"].contains(host) : editAvatars == "true"
    }
}
