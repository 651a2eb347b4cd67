// swift-tools-version: 6.2

import PackageDescription

/// Every target: Swift 6 language mode, and the upcoming features that make imports, existentials and isolation explicit.
/// Where CI builds, a warning is an error.
let strict: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// Hot loops over samples and pixels live in these modules; they are optimised in debug builds too,
/// so that tests on real media take seconds instead of minutes.
let strictAndFast = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let nio = "swift-nio"

let package = Package(
    name: "visavis",
    products: [
        .executable(name: "visavis", targets: ["visavis"])
    ],
    traits: [
        .trait(name: "ESpeakNG", description: "The eSpeak NG voices (GPL-3.0): every language but English."),
        .default(enabledTraits: ["ESpeakNG"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // System libraries
        .systemLibrary(name: "CFFmpeg", pkgConfig: "libavformat", providers: [.apt(["libavformat-dev"])]),
        .systemLibrary(name: "CEspeakNG", pkgConfig: "espeak-ng", providers: [.apt(["libespeak-ng-dev"])]),
        .systemLibrary(name: "CFlite", providers: [.apt(["flite1-dev"])]),

        // The machine: its devices, their memory and how busy they are
        .target(name: "CHardware"),
        .target(name: "Hardware", dependencies: ["CHardware"], swiftSettings: strict),

        // Inference
        .target(name: "CONNXRuntime"),
        .target(name: "Inference", dependencies: ["CONNXRuntime", "Hardware"], swiftSettings: strictAndFast),

        // Recognition and synthesis of speech on this machine
        .target(name: "CSherpaONNX"),
        .target(name: "SherpaONNX", dependencies: ["CSherpaONNX"], swiftSettings: strict),

        // The folder of what people fetch and make
        .target(name: "Home", swiftSettings: strict),

        // Models on disk: found, fetched, imported by the Python in Import/
        .target(
            name: "Models",
            dependencies: ["CFFmpeg", "Home", .product(name: "Subprocess", package: "swift-subprocess")],
            resources: [.copy("Import"), .copy("Catalogue")],
            swiftSettings: strict),

        // What is measured while Visavis runs
        .target(
            name: "Telemetry", dependencies: [.product(name: "Metrics", package: "swift-metrics")],
            swiftSettings: strict),

        // Media
        .target(name: "FFmpeg", dependencies: ["CFFmpeg"], swiftSettings: strict),
        .target(name: "Audio", dependencies: ["CFFmpeg", "FFmpeg"], swiftSettings: strictAndFast),
        .target(name: "Video", dependencies: ["CFFmpeg", "FFmpeg"], swiftSettings: strictAndFast),

        // Making frames
        .target(
            name: "Batching", dependencies: [.product(name: "DequeModule", package: "swift-collections")],
            swiftSettings: strictAndFast),
        .target(
            name: "Avatars", dependencies: ["Home", "Video"], resources: [.copy("Bundles"), .copy("Mouth")],
            swiftSettings: strictAndFast),
        .target(
            name: "LipSync",
            dependencies: [
                "Audio", "Avatars", "Batching", "Inference", "Telemetry", "Video",
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            resources: [.copy("Model")],
            swiftSettings: strictAndFast),
        .target(
            name: "MuseTalk",
            dependencies: ["Audio", "Avatars", "Batching", "Inference", "LipSync", "Models", "Video"],
            swiftSettings: strictAndFast),

        .target(
            name: "AvatarPreparation",
            dependencies: [
                "Avatars", "FFmpeg", "Inference", "MuseTalk", "Video",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strictAndFast),
        .target(
            name: "Engines",
            dependencies: [
                "Avatars", "Batching", "Inference", "LipSync", "Models", "MuseTalk", "Telemetry",
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: strict),

        // JSON that is passed on as it is; settings: YAML with the lines where its values stand
        .target(name: "JSON", swiftSettings: strict),
        .target(
            name: "Settings", dependencies: ["JSON", .product(name: "Yams", package: "Yams")], swiftSettings: strict),

        // Conversation
        .target(
            name: "SileroVAD", dependencies: ["Audio", "Inference", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strictAndFast),
        .target(
            name: "Responders",
            dependencies: [
                "Audio", "CFlite", .target(name: "CEspeakNG", condition: .when(traits: ["ESpeakNG"])),
            ],
            swiftSettings: strict),
        .target(
            name: "Chat",
            dependencies: [
                "Audio", "JSON", "Responders", "ServiceConnection", "Settings",
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOHTTP1", package: nio),
                .product(name: "NIOPosix", package: nio),
            ],
            swiftSettings: strict),
        .target(name: "Scripting", dependencies: ["JSON", "Responders", "Settings"], swiftSettings: strict),
        .target(
            name: "LocalSpeech", dependencies: ["Audio", "Chat", "Responders", "Settings", "SherpaONNX"],
            swiftSettings: strict),
        .target(
            name: "ServiceConnection",
            dependencies: [
                .product(name: "NIOCore", package: nio), .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .target(
            name: "RealtimeUpstream",
            dependencies: [
                "Audio", "JSON", "Responders", "ServiceConnection", "Settings",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOHTTP1", package: nio),
                .product(name: "NIOPosix", package: nio),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOWebSocket", package: nio),
            ],
            swiftSettings: strict),
        .target(
            name: "SessionArchive",
            dependencies: [
                "Audio", "Avatars", "LipSync", "Realtime", "Responders", "Telemetry", "Video",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: strict),
        .target(
            name: "Realtime",
            dependencies: [
                "Audio", "Avatars", "Batching", "JSON", "LipSync", "Responders", "Telemetry", "Video",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ],
            swiftSettings: strictAndFast),

        // Edge
        .target(
            name: "Server",
            dependencies: [
                "Audio", "AvatarPreparation", "Avatars", "Batching", "Chat", "Engines", "Hardware", "Home", "Inference",
                "LipSync", "LocalSpeech", "Realtime", "RealtimeUpstream", "Responders", "Scripting", "SessionArchive",
                "Settings",
                "SileroVAD",
                "Telemetry", "Video",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTP1", package: nio),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: nio),
                .product(name: "NIOWebSocket", package: nio),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Web")],
            swiftSettings: strict),

        // Command line
        .target(
            name: "Load",
            dependencies: [
                "Audio", "LipSync", "Realtime",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOHTTP1", package: nio),
                .product(name: "NIOPosix", package: nio),
                .product(name: "NIOWebSocket", package: nio),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "visavis",
            dependencies: [
                "Audio", "AvatarPreparation", "Avatars", "Batching", "Bench", "BenchResult", "Charts", "Chat",
                "Engines", "Hardware", "Home", "Inference", "LipSync", "Load", "LocalSpeech", "Models", "Planning",
                "Responders", "Server", "Settings", "SherpaONNX", "Simulation", "Telemetry", "Video",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),

        // Measuring and planning
        .target(name: "BenchResult", swiftSettings: strict),
        .target(name: "Charts", swiftSettings: strict),
        .target(
            name: "Bench",
            dependencies: [
                "Audio", "Avatars", "Batching", "BenchResult", "Charts", "Hardware", "Inference", "LipSync", "Models",
                "MuseTalk",
            ],
            swiftSettings: strict),
        .target(
            name: "Simulation",
            dependencies: [
                "Batching", "BenchResult", "Charts", .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: strictAndFast),
        .target(
            name: "Planning",
            dependencies: ["Batching", "BenchResult", "Charts", .product(name: "Yams", package: "Yams")],
            resources: [.copy("Catalogue")],
            swiftSettings: strict),

        // Tools
        .executableTarget(
            name: "inference-bench", dependencies: ["Inference"], path: "tools/inference/Bench", swiftSettings: strict),
        .executableTarget(
            name: "batching-bench", dependencies: ["Batching"], path: "tools/batching/Bench", swiftSettings: strict),
        .executableTarget(
            name: "compositor-bench",
            dependencies: [
                "MuseTalk", "Video", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "tools/compositor/Bench",
            swiftSettings: strict),

        .executableTarget(
            name: "lips-read",
            dependencies: [
                "Audio", "Avatars", "LipSync", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "tools/lips/Read", swiftSettings: strict),
        .executableTarget(
            name: "lips-bench", dependencies: ["Audio", "Avatars", "LipSync", "Video"], path: "tools/lips/Bench",
            swiftSettings: strict),
        .executableTarget(
            name: "listening-bench",
            dependencies: ["Audio", "SileroVAD", .product(name: "Logging", package: "swift-log")],
            path: "tools/listening/Bench", swiftSettings: strict),
        .executableTarget(
            name: "realtime-stand-in",
            dependencies: [
                "Audio", "Responders",
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOHTTP1", package: nio),
                .product(name: "NIOPosix", package: nio),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOWebSocket", package: nio),
            ],
            path: "tools/upstream/StandIn", swiftSettings: strict),
        .executableTarget(
            name: "telemetry-bench",
            dependencies: ["Telemetry", .product(name: "Metrics", package: "swift-metrics")],
            path: "tools/telemetry/Bench", swiftSettings: strict),

        // Tests. TestSupport finds the real recordings that the tests listen to, and has what many of them need.
        .target(
            name: "TestSupport", dependencies: ["Avatars", "Video"], path: "Tests/TestSupport",
            exclude: ["StandInNVML"], swiftSettings: strictAndFast),
        .testTarget(
            name: "ModelsTests", dependencies: ["Home", "Models", "TestSupport"], exclude: ["FaultyServer"],
            swiftSettings: strict),
        .testTarget(name: "SettingsTests", dependencies: ["JSON", "Settings", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "HardwareTests", dependencies: ["Hardware", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "InferenceTests",
            dependencies: ["CONNXRuntime", "Hardware", "Inference", "TestSupport", "inference-bench"],
            swiftSettings: strict),
        .testTarget(
            name: "TelemetryTests",
            dependencies: ["Telemetry", "TestSupport", .product(name: "Metrics", package: "swift-metrics")],
            swiftSettings: strict),
        .testTarget(name: "BatchingTests", dependencies: ["Batching", "TestSupport"], swiftSettings: strictAndFast),
        .testTarget(name: "AudioTests", dependencies: ["Audio", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "SileroVADTests",
            dependencies: [
                "SileroVAD", "Audio", "Inference", "Realtime", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(name: "VideoTests", dependencies: ["Audio", "Video", "TestSupport"], swiftSettings: strictAndFast),
        .testTarget(
            name: "AvatarsTests", dependencies: ["Avatars", "Home", "Video", "TestSupport"],
            swiftSettings: strictAndFast),
        .testTarget(
            name: "AvatarPreparationTests",
            dependencies: [
                "AvatarPreparation", "Avatars", "FFmpeg", "Inference", "MuseTalk", "Video", "TestSupport",
            ],
            resources: [.copy("Fixtures")], swiftSettings: strict),
        .testTarget(
            name: "LipSyncTests", dependencies: ["LipSync", "Audio", "Avatars", "Inference", "Video", "TestSupport"],
            resources: [.copy("Fixtures")],
            swiftSettings: strictAndFast),
        .testTarget(
            name: "MuseTalkTests",
            dependencies: [
                "MuseTalk", "Audio", "Avatars", "Batching", "Inference", "LipSync", "Models", "Video", "TestSupport",
            ],
            swiftSettings: strictAndFast),
        .testTarget(
            name: "LocalSpeechTests",
            dependencies: [
                "LocalSpeech", "Audio", "Chat", "Responders", "Settings", "SherpaONNX", "TestSupport", "visavis",
            ],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "RespondersTests", dependencies: ["Responders", "Audio", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ChatTests", dependencies: ["Chat", "Audio", "Responders", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ScriptingTests", dependencies: ["Scripting", "Responders", "Settings", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "RealtimeUpstreamTests",
            dependencies: [
                "RealtimeUpstream", "Audio", "Responders", "Settings", "TestSupport", "realtime-stand-in",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RealtimeTests",
            dependencies: [
                "Realtime", "Audio", "Avatars", "Batching", "LipSync", "Responders", "Telemetry", "Video",
                "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SessionArchiveTests",
            dependencies: [
                "SessionArchive", "Audio", "Avatars", "LipSync", "Realtime", "Responders", "Telemetry", "Video",
                "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .testTarget(name: "BenchResultTests", dependencies: ["BenchResult", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ChartsTests", dependencies: ["Charts"], swiftSettings: strict),
        .testTarget(
            name: "BenchTests", dependencies: ["Bench", "BenchResult", "Charts", "Avatars", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "SimulationTests", dependencies: ["Simulation", "Batching", "BenchResult"], swiftSettings: strict),
        .testTarget(
            name: "PlanningTests", dependencies: ["Planning", "BenchResult", "Charts", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "LoadTests", dependencies: ["Load", .product(name: "NIOCore", package: nio)], swiftSettings: strict),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", "Audio", "Avatars", "Batching", "Home", "LipSync", "Load", "LocalSpeech",
                "Realtime", "RealtimeUpstream", "Responders", "Settings", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: nio),
                .product(name: "NIOEmbedded", package: nio),
                .product(name: "NIOPosix", package: nio),
                .product(name: "NIOWebSocket", package: nio),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EnginesTests",
            dependencies: [
                "Engines", "Avatars", "Batching", "Home", "Inference", "LipSync", "Models", "MuseTalk", "Telemetry",
                "TestSupport",
                "Video",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "visavis", "Audio", "AvatarPreparation", "Avatars", "Chat", "Engines", "Home", "Inference", "Load",
                "Responders", "Server", "Settings", "Video", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
    ]
)
