internal import Audio
internal import Foundation
internal import Glibc
internal import SherpaONNX

/// The other end of a ``WorkerProcess``: loads one model, and does what it is told until nobody tells it any more.
///
/// The library ends its process over some models and some input. It is this one that ends, and nothing else.
public enum SpeechWorker {
    /// The descriptor of the socket that it is told by.
    static let socket: Int32 = 3

    /// Works until the other end is gone.
    public static func run(_ job: SpeechJob) {
        closeEverythingElse()
        let channel = WorkerChannel(socket: socket)
        do {
            switch job {
            case .recognition(let model, let language, let threads):
                try hear(RecognitionModel(folder: model), language: language, threads: threads, channel)
            case .synthesis(let model, let threads):
                try speak(SynthesisModel(folder: model), threads: threads, channel)
            }
        } catch {
            _ = channel.send(.failed, Data("\(error)".utf8))
        }
    }

    /// Files and clients of the process that started it are none of its business.
    private static func closeEverythingElse() {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for descriptor in open.compactMap({ Int32($0) }) where descriptor > socket { close(descriptor) }
    }

    private static func hear(
        _ model: RecognitionModel, language: String, threads: Int, _ channel: WorkerChannel
    ) throws {
        let recognizer = try Recognizer(model, language: language, threads: threads, library: SherpaLibrary())
        // What the model lacks shows now, and its memory is made.
        let rate = SpeechFormat.sampleRate
        _ = recognizer.recognize(Array(repeating: 0, count: rate), sampleRate: rate)
        guard channel.send(.ready, try JSONEncoder().encode(WorkerGreeting(speakers: 0))) else { return }
        while let message = channel.receive() {
            guard message.kind == .hear else { continue }
            let samples = message.bytes.samples.map { Float($0) / 32_768 }
            let words = recognizer.recognize(samples, sampleRate: rate)
            guard channel.send(.words, Data(words.trimmingCharacters(in: .whitespacesAndNewlines).utf8)) else { return }
        }
    }

    private static func speak(_ model: SynthesisModel, threads: Int, _ channel: WorkerChannel) throws {
        let synthesizer = try Synthesizer(model, threads: threads, library: SherpaLibrary())
        guard channel.send(.ready, try JSONEncoder().encode(WorkerGreeting(speakers: synthesizer.speakerCount)))
        else { return }
        while let message = channel.receive() {
            guard message.kind == .say else { continue }
            do {
                try say(JSONDecoder().decode(SpeechOrder.self, from: message.bytes), synthesizer, channel)
                guard channel.send(.done) else { return }
            } catch SherpaError.unspeakable {
                // Words that the model does not know are shown, and not said.
                guard channel.send(.done) else { return }
            } catch {
                guard channel.send(.failed, Data("\(error)".utf8)) else { return }
            }
        }
    }

    private static func say(_ order: SpeechOrder, _ synthesizer: Synthesizer, _ channel: WorkerChannel) throws {
        let resampler = try Resampler(from: synthesizer.sampleRate)
        func pass(_ speech: [Int16]) -> Bool {
            if speech.isEmpty { return true }
            return channel.send(.speech, samples: speech) && channel.receive()?.kind == .goOn
        }
        var isWanted = true
        var failure: (any Error)?
        try synthesizer.speak(order.script, speaker: order.speaker, speed: order.speed) { samples in
            do {
                let speech = samples.map { Int16(max(-1, min($0, 1)) * 32_767) }
                isWanted = pass(try resampler.resample(speech))
            } catch {
                failure = error
                isWanted = false
            }
            return isWanted
        }
        if let failure { throw failure }
        if isWanted { _ = pass(try resampler.finish()) }
    }
}
