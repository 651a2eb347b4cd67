public import Audio
public import Foundation
public import Home
public import Logging
public import SileroVAD

/// What hears speech in all sessions, for turn detection: Silero's network where it is at hand, otherwise the
/// built-in detector, which needs no model.
public struct SpeechDetection: Sendable {
    /// Makes the detector of a session.
    public let factory: SpeechDetectorFactory
    /// What it is, for people.
    public let description: String
    /// Why a model that was found is not used; nil if there is none, or it is.
    public let warning: String?

    /// The setting that looks for the model, and does without it.
    public static let automatic = "auto"
    /// The setting that looks for nothing.
    public static let builtIn = "built-in"

    /// Where the model is looked for.
    public static func file(in home: VisavisHome) -> URL { home.models.appending(path: "silero_vad.onnx") }

    /// Chooses by the setting `turn_detection.model`.
    /// - Parameters:
    ///   - model: ``automatic``, ``builtIn``, or the path of a model.
    ///   - logger: what is told where the network fails in a session.
    /// - Throws: ``SileroError`` if a model that is named cannot be used. One that was only found is warned of.
    public init(_ model: String, home: VisavisHome = VisavisHome(), logger: Logger) throws(SileroError) {
        let found = Self.file(in: home).path
        switch model {
        case Self.builtIn: self.init(warning: nil)
        case Self.automatic where !FileManager.default.fileExists(atPath: found): self.init(warning: nil)
        case Self.automatic:
            do throws(SileroError) {
                self.init(try SileroModel(found), logger: logger)
            } catch {
                self.init(warning: "\(error)")
            }
        default: self.init(try SileroModel(model), logger: logger)
        }
    }

    private init(warning: String?) {
        factory = { VoiceActivityDetector() }
        description = "the built-in detector"
        self.warning = warning
    }

    private init(_ model: SileroModel, logger: Logger) {
        factory = { model.detector(logger: logger) }
        description = "Silero VAD (\(model.path))"
        warning = nil
    }
}
