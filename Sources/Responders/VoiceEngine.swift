internal import Dispatch

/// A library that turns text into speech.
///
/// Such libraries are global state and block for as long as they compute; so each is an actor of its own on a
/// thread of its own, and keeps no other task waiting.
protocol VoiceEngine: Sendable {
    /// Speaks `text`, and hands over speech, 24 kHz mono, as soon as there is some.
    /// - Parameter take: called on the engine's thread; answers false to stop.
    /// - Throws: ``ResponderError/voiceFailed(voice:reason:)``.
    func speak(
        _ text: SpeakableText, as voice: Voice, _ take: @escaping @Sendable ([Int16]) -> Bool
    ) async throws(ResponderError)
}

extension VoiceEngine {
    /// The speech of `text`, while it is being synthesised. Whoever stops reading it, or whose task is cancelled,
    /// stops the synthesis.
    func speech(of text: SpeakableText, as voice: Voice) -> AsyncThrowingStream<[Int16], any Error> {
        let (stream, continuation) = AsyncThrowingStream<[Int16], any Error>.makeStream()
        let synthesis = Task {
            do {
                try await speak(text, as: voice) { speech in
                    if case .terminated = continuation.yield(speech) { false } else { true }
                }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in synthesis.cancel() }
        return stream
    }
}

/// Runs an actor on a dispatch queue of its own, instead of Swift's pool of as many threads as there are cores.
package final class SerialQueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// - Parameter label: what the system calls the queue.
    package init(label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
