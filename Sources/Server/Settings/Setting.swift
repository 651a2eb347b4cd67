import Batching
import Engines
import Foundation
import Hardware
import Inference
import Realtime
import SessionArchive

/// One setting: its name in YAML, and how its value is read and stored.
struct Setting: Sendable {
    /// Its name: the keys of the YAML file from the outside in, joined by dots, e.g. `limits.backlog_bytes`.
    let name: String
    /// What a value has to be, for error messages.
    let expected: String
    /// Whether it takes a list, which a YAML file may write as one.
    var isList = false
    /// Stores a value; false if it is not what is expected.
    let store: @Sendable (String, inout ServerSettings) -> Bool

    /// Its flag, e.g. `--batch-size`; not every setting has one.
    var flag: String { "--" + name.replacing("_", with: "-") }

    /// Its name in the environment, e.g. `VISAVIS_LIMITS_BACKLOG_BYTES`.
    var environmentName: String {
        "VISAVIS_" + name.replacing(".", with: "_").uppercased()
    }

    /// All settings there are, in the order of `visavis.example.yaml`.
    static let all: [Setting] = [
        text("host", \.host), number("port", \.port, in: 0...65_535),
        text("avatar", \.avatar), number("avatar_idle_minutes", \.avatarIdleMinutes, in: 0...525_600),
        choice("edit_avatars", \.editAvatars, of: ["auto", "true", "false"]),
        choice("engine", \.engine.engine), text("model", \.engine.model), device,
        number("threads", \.engine.threads, in: 0...1_024),
        number("batch_size", \.engine.batchSize, in: 1...EngineSettings.largestBatch),
        policy, list("batching.memory_thresholds", \.engine.batching.memoryThresholds, of: "shares of memory"),
        list("batching.memory_sizes", \.engine.batching.memorySizes, of: "batch sizes"),
        number("batching.alarm_share", \.engine.batching.memory.alarm, in: 0.1...1),
        number("batching.calm_share", \.engine.batching.memory.calm, in: 0.1...1),
        seconds("batching.hold_seconds", \.engine.batching.memory.hold, in: 0...3_600),
        number("batching.alarm_batch_size", \.engine.batching.memory.batchSize, in: 1...BatchSizes.limit),
        number("batching.warm_up_seconds", \.engine.batching.warmUpSeconds, in: 0...3_600),
        number("admission.headroom", \.admission.headroom, in: 0.1...10),
        number("admission.speaking_share", \.admission.speakingShare, in: 0.001...1),
        text("responder", \.responder), text("voice", \.voice),
        choice("log_level", \.logLevel, of: ["trace", "debug", "info", "notice", "warning", "error", "critical"]),
        text("turn_detection.model", \.speechDetector),
        number("turn_detection.threshold", \.turnDetection.threshold, in: 0.01...1),
        number("turn_detection.prefix_padding_ms", \.turnDetection.prefixPaddingMs, in: 0...5_000),
        number("turn_detection.silence_duration_ms", \.turnDetection.silenceDurationMs, in: 50...10_000),
        number("turn_detection.interruption_ms", \.turnDetection.interruptionMs, in: 0...2_000),
        flag("archive.enabled", \.archive.isEnabled), archivePath,
        number("archive.retention_days", \.archive.retentionDays, in: 0...36_500),
        flag("archive.audio", \.archive.keepsAudio), apiKey,
        number("limits.sessions", \.maximumSessions, in: 1...100_000),
        number("limits.drain_seconds", \.drainSeconds, in: 0...3_600),
        number("limits.message_bytes", \.messageBytes, in: 1_024...(1 << 30)),
        number("limits.backlog_video_bytes", \.backlogVideoBytes, in: 1_024...(1 << 30)),
        number("limits.backlog_bytes", \.backlogBytes, in: 65_536...(1 << 32)),
        number("limits.backlog_seconds", \.backlogSeconds, in: 1...3_600),
    ]

    private typealias Path<Value> = any WritableKeyPath<ServerSettings, Value> & Sendable

    private static let device = Setting(
        name: "device",
        expected: "cpu, cpu:A-B with cores out of \(CoreAffinity.ofProcess), or cuda:N or tensorrt:N, N the number of "
            + "a GPU; or several, separated by commas, of which no two share a core or a GPU"
    ) { value, settings in
        guard let devices = try? InferenceDevice.list(value) else { return false }
        settings.engine.devices = devices
        return true
    }

    private static let policy = Setting(
        name: "batching.policy", expected: "adaptive, memory, or fixed:N with N from 1 to \(BatchSizes.limit)"
    ) { value, settings in
        guard let policy = try? BatchSizePolicy(value) else { return false }
        settings.engine.batching.policy = policy
        return true
    }

    private static let archivePath = Setting(
        name: "archive.path", expected: "a folder, or auto for the folder archive in the user's folder of Visavis"
    ) { value, settings in
        guard !value.isEmpty else { return false }
        settings.archive.folder = value == "auto" ? nil : URL(filePath: value, directoryHint: .isDirectory)
        return true
    }

    private static let apiKey = Setting(name: "api_key", expected: "a secret of at least 16 characters, or none") {
        value, settings in
        guard value == "none" || value.count >= 16 else { return false }
        settings.apiKey = value == "none" ? nil : value
        return true
    }

    private static func flag(_ name: String, _ path: Path<Bool>) -> Setting {
        Setting(name: name, expected: "true or false") { value, settings in
            guard let isOn = Bool(value) else { return false }
            settings[keyPath: path] = isOn
            return true
        }
    }

    private static func text(_ name: String, _ path: Path<String>) -> Setting {
        Setting(name: name, expected: "a text that is not empty") { value, settings in
            guard !value.isEmpty else { return false }
            settings[keyPath: path] = value
            return true
        }
    }

    private static func choice(_ name: String, _ path: Path<String>, of choices: [String]) -> Setting {
        Setting(name: name, expected: "one of \(choices.joined(separator: ", "))") { value, settings in
            guard choices.contains(value) else { return false }
            settings[keyPath: path] = value
            return true
        }
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
        _ name: String, _ path: Path<Choice>
    ) -> Setting {
        let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return Setting(name: name, expected: "one of \(names)") { value, settings in
            guard let choice = Choice(rawValue: value) else { return false }
            settings[keyPath: path] = choice
            return true
        }
    }

    private static func list<Number: LosslessStringConvertible & Sendable>(
        _ name: String, _ path: Path<[Number]>, of things: String
    ) -> Setting {
        Setting(name: name, expected: "\(things), separated by commas", isList: true) { value, settings in
            let parts = value.split(separator: ",").map { Number($0.filter { $0 != " " }) }
            guard !parts.contains(where: { $0 == nil }) else { return false }
            settings[keyPath: path] = parts.compactMap { $0 }
            return true
        }
    }

    private static func seconds(_ name: String, _ path: Path<Duration>, in range: ClosedRange<Double>) -> Setting {
        Setting(name: name, expected: "a number from \(range.lowerBound) to \(range.upperBound)") { value, settings in
            guard let number = Double(value), range.contains(number) else { return false }
            settings[keyPath: path] = .seconds(number)
            return true
        }
    }

    private static func number<Number: LosslessStringConvertible & Comparable & Sendable>(
        _ name: String, _ path: Path<Number>, in range: ClosedRange<Number>
    ) -> Setting {
        let kind = Number.self is any BinaryInteger.Type ? "a whole number" : "a number"
        return Setting(name: name, expected: "\(kind) from \(range.lowerBound) to \(range.upperBound)") {
            value, settings in
            guard let number = Number(value), range.contains(number) else { return false }
            settings[keyPath: path] = number
            return true
        }
    }
}
