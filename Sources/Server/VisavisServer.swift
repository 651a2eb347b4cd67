import Engines
import Home
import Hummingbird
public import Logging
import Metrics
import NIOCore
import Realtime
public import Responders
public import ServiceLifecycle
import SessionArchive
public import Telemetry

/// The server: the page, the HTTP interface and the sessions, on one port.
///
/// It serves until its service group shuts down gracefully. Then it accepts nothing new, utterances may finish for
/// as long as the settings allow, and clients are told that the server goes away (close code 1001).
public struct VisavisServer: Service {
    private let edge: Edge<RealtimeEndpoint>
    private let devices: DeviceWatch
    private let avatars: AvatarRelease
    private let archive: SessionArchive

    /// Puts the parts together; nothing happens before ``run()``.
    /// - Parameters:
    ///   - stage: the avatars; its default is one of them.
    ///   - voices: the voices that clients may choose.
    ///   - metrics: what `/metrics` shows, and where sessions are counted.
    ///   - onListening: called with the port once clients can connect.
    /// - Throws: ``SiteError`` if the web page is missing, ``StageError`` if the settings name a responder or a voice
    ///   that does not exist, ``SileroError`` if they name a voice detector that cannot be used, `ArchiveError` if
    ///   sessions cannot be kept.
    public init(
        settings: ServerSettings, stage: Stage, voices: VoiceCatalog = .standard,
        metrics: PrometheusMetrics = PrometheusMetrics(), logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let responders = try ResponderCatalog(settings, voices: voices)
        let readiness = Readiness()
        let speechDetection = try SpeechDetection(settings.speechDetector, logger: logger)
        if let reason = speechDetection.warning {
            logger.warning("Turns are found by the built-in detector.", metadata: ["reason": "\(reason)"])
        }
        var kept = settings.archive
        kept.folder = kept.folder ?? VisavisHome().archive
        archive = try SessionArchive(kept, logger: logger, metrics: metrics)
        let live = LiveSessions()
        let recordings = Recordings(logger: logger)
        let endpoint = RealtimeEndpoint(
            stage: stage, responders: responders, settings: settings, speechDetection: speechDetection,
            readiness: readiness, sessionMetrics: SessionMetrics(factory: metrics), archive: archive, live: live,
            recordings: recordings, logger: logger)
        let sessions = Meter(.sessions, factory: metrics)
        devices = DeviceWatch(
            settings.engine.devices, engines: stage.engines, factory: metrics, logger: logger)
        avatars = AvatarRelease(stage, metrics: metrics, logger: logger)
        metrics.beforeScrape { sessions.set(readiness.sessions) }
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware())
        HealthRoutes(readiness: readiness).add(to: router)
        RealtimeRoutes(endpoint: endpoint).add(to: router)
        AvatarRoutes(stage: stage).add(to: router)
        ResponderRoutes(responders: responders).add(to: router)
        MetricsRoutes(metrics: metrics).add(to: router)
        let guarded = router.group().add(middleware: KeyCheck(key: settings.apiKey))
        AvatarEditingRoutes(editing: AvatarEditing(stage), isAllowed: settings.allowsEditing).add(to: guarded)
        SessionRoutes(archive: archive, live: live).add(to: guarded)
        let control = ControlRoutes(live: live, voices: voices)
        control.add(to: guarded)
        LiveTalkingRoutes(live: live, control: control).add(to: guarded)
        EventRoutes(live: live).add(to: guarded)
        RecordingRoutes(archive: archive, live: live, recordings: recordings).add(to: guarded)
        SiteRoutes(site: try .bundled()).add(to: router)
        edge = Edge(
            host: settings.host, port: settings.port, limits: ConnectionLimits(settings), endpoint: endpoint,
            responder: router.buildResponder(), readiness: readiness, traffic: Traffic(factory: metrics),
            logger: logger, onListening: onListening)
    }

    /// Serves until the service group shuts down, and every session has ended.
    /// - Throws: ``ListenError`` if the address cannot be had.
    public func run() async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await devices.run() }
            group.addTask { await avatars.run() }
            group.addTask { await archive.run() }
            try await edge.run()
            group.cancelAll()
        }
    }

    /// Sessions that are connected.
    var sessions: Int { edge.readiness.sessions }

    /// Finds out, before avatars take seconds to load, what would keep a server with these settings from starting.
    /// - Throws: ``StageError`` if they name a responder or a voice that does not exist, ``SileroError`` if they name
    ///   a voice detector that cannot be used, ``ListenError`` if the address cannot be had.
    public static func check(_ settings: ServerSettings, voices: VoiceCatalog = .standard) async throws {
        _ = try ResponderCatalog(settings, voices: voices)
        _ = try SpeechDetection(settings.speechDetector, logger: Logger(label: "visavis.check"))
        try await checkAddress(host: settings.host, port: settings.port)
    }
}

extension ConnectionLimits {
    /// The limits that the settings name.
    init(_ settings: ServerSettings) {
        webSocket.messageBytes = settings.messageBytes
        backlog = SendQueue.Limits(
            videoBytes: settings.backlogVideoBytes, totalBytes: settings.backlogBytes,
            patience: .seconds(settings.backlogSeconds))
    }
}
