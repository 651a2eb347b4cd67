import ArgumentParser
import Foundation
import LocalSpeech

/// `visavis speech-worker`: what the responder `local` starts for each of its models; not for people.
struct SpeechWorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "speech-worker", shouldDisplay: false)

    @Argument var job: String

    func run() throws {
        guard let job = try? JSONDecoder().decode(SpeechJob.self, from: Data(job.utf8)) else {
            throw ValidationError("expected a job of the responder `local` as JSON")
        }
        SpeechWorker.run(job)
    }
}
