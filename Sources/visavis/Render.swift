import ArgumentParser
import Audio
import Avatars
import Engines
import Foundation
import LipSync
import Responders
import Server

/// `visavis render`: a film of an avatar that says a recording or a text.
struct Render: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write an MP4 of an avatar that says a recording or a text.",
        discussion: """
            EXAMPLES
              visavis render --audio speech.wav --out speech.mp4
              visavis render --text "Good morning." --voice rms --out morning.mp4
            """)

    @Option(help: "A recording to be said: WAV, MP3, M4A, Ogg, FLAC, … at any rate, mono or stereo.")
    var audio: String?

    @Option(help: "A text to be said.")
    var text: String?

    @Option(help: "Who says it: the id of a built-in avatar, or the path of a bundle.")
    var avatar = AvatarLibrary.defaultAvatar

    @Option(help: "The voice that reads a text.")
    var voice = VoiceCatalog.defaultVoice

    @OptionGroup var engine: EngineOptions

    @Option(name: .customLong("out"), help: "The film.")
    var output: String

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        switch (audio, text) {
        case (nil, nil): throw ValidationError("There is nothing to say; give --audio FILE or --text \"…\".")
        case (_?, _?): throw ValidationError("--audio and --text exclude each other; give one of them.")
        default: break
        }
        do {
            _ = try engineSettings()
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() async throws {
        let command = self
        try await Interruption.cancels { try await command.render() }
    }

    func render() async throws {
        let start = ContinuousClock.now
        // What is wrong with the input is said before the avatar takes a second to load.
        let source = try source()
        let engines = EngineCatalog(try engineSettings(), for: .film)
        let avatar = try await AvatarLibrary().load(avatar)
        let performer = Performer(avatar: avatar, engine: try await engines.engine(for: avatar))
        let progress = RenderProgress(expectedFrames: source.expectedFrames, start: .now)
        let rendering = try Rendering(by: performer, to: URL(filePath: output), onFrame: progress.show(frames:))
        defer { progress.clear() }
        let (frames, samples) = try await say(source, in: rendering)
        progress.clear()
        let result = RenderResult(
            frames: frames, samples: samples, elapsed: ContinuousClock.now - start, avatar: performer.avatar,
            output: output)
        print(json ? try MachineOutput.line(result) : result.description)
    }

    /// The engine of the flags, or else of the machine's settings: what serves well here renders well.
    private func engineSettings() throws(SettingsError) -> EngineSettings {
        try ServerSettings(flags: engine.flags, configurationFile: nil).engine
    }

    private func say(_ source: Source, in rendering: Rendering) async throws -> (frames: Int, samples: Int) {
        do {
            switch source {
            case .recording(let reader):
                while let speech = try reader.read() { try await rendering.append(speech) }
            case .answer(let pieces):
                for try await case .speech(let speech) in pieces { try await rendering.append(speech) }
            }
            return try await rendering.finish()
        } catch {
            await rendering.abandon()
            throw error
        }
    }

    private enum Source {
        case recording(AudioFileReader)
        case answer(any AsyncSequence<ResponsePiece, any Error> & Sendable)

        /// Nil if nobody knows before it is over.
        var expectedFrames: Int? {
            guard case .recording(let reader) = self, let duration = reader.duration else { return nil }
            return RenderProgress.frameCount(ofSeconds: duration)
        }
    }

    private func source() throws -> Source {
        if let audio { return .recording(try AudioFileReader(URL(filePath: audio))) }
        let turn = Turn(speaker: .user, text: text ?? "")
        return .answer(try SpeakResponder().respond(to: Conversation(turns: [turn], voice: voice)))
    }
}
