import ArgumentParser
import Inference
import Logging
import Metrics
import Server
import ServiceLifecycle
import Telemetry
import UnixSignals

/// `visavis serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the page and the sessions.",
        discussion: """
            Settings come from flags, then from environment variables (VISAVIS_PORT, …), then from a YAML file, then \
            from their defaults. visavis.example.yaml documents all of them.
            """)

    @Option(help: "The address to listen on; 0.0.0.0 for everybody.")
    var host: String?
    @Option(help: "The port to listen on.")
    var port: String?
    @Option(help: "The avatar of clients that ask for none: an id, or the path of a bundle.")
    var avatar: String?
    @Option(
        help: "Whether avatars can be made in the page /avatars/edit: auto (where only this machine can), true, false.")
    var editAvatars: String?
    @OptionGroup var engine: EngineOptions
    @Option(help: "What answers: auto, echo, speak, or one that the settings file sets up.")
    var responder: String?
    @Option(help: "The voice of typed text.")
    var voice: String?
    @Option(help: "A YAML file with settings; visavis.yaml is read if it exists.", completion: .file())
    var config: String?

    func run() async throws {
        let flags = [
            "host": host, "port": port, "avatar": avatar, "edit_avatars": editAvatars, "responder": responder,
            "voice": voice,
        ]
        let settings = try ServerSettings(
            flags: flags.merging(engine.flags) { first, _ in first }, configurationFile: config)
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "visavis")
        logger.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info

        // Before anything is loaded that counts something.
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)

        try await VisavisServer.check(settings)
        let stage = try await Stage.load(settings, logger: logger)
        let server = try VisavisServer(settings: settings, stage: stage, metrics: metrics, logger: logger) {
            [logger] port in
            logger.notice("Ready: open http://\(settings.host == "0.0.0.0" ? "localhost" : settings.host):\(port)")
        }
        var configuration = ServiceGroupConfiguration(
            services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // A little more than the sessions may take, so that nothing can keep the process alive.
        configuration.maximumGracefulShutdownDuration = .seconds(settings.drainSeconds + 10)
        try await ServiceGroup(configuration: configuration).run()
        // Sessions have ended; what the last of them asked for may still be under way.
        await RunGate.process.close(within: .seconds(5))
    }
}
