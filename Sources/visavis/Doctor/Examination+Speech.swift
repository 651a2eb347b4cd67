import Logging
import Server
import SherpaONNX

/// What hears and speaks with models of the user's.
extension Examination {
    /// What finds turns.
    func listening(_ model: String) -> Finding {
        do {
            let detection = try SpeechDetection(model, logger: Logger(label: "visavis.doctor"))
            let found = "turns are found by \(detection.description)"
            guard let reason = detection.warning else { return .ok("listening", found) }
            return .warning("listening", "\(found): \(reason)", remedy: "turn_detection.model: built-in")
        } catch {
            return .missing("listening", "\(error)", remedy: "turn_detection.model: auto")
        }
    }

    /// The library behind the responder `local`.
    func localSpeech() -> Finding {
        do {
            return .ok("local", "sherpa-onnx is there (\(try SherpaLibrary().path))")
        } catch {
            return .warning("local", "the responder local has no sherpa-onnx: \(error)", remedy: "scripts/setup local")
        }
    }
}
