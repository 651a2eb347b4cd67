import ArgumentParser
import Avatars
import Engines
import Foundation
import Home
import Responders
import Server
import Settings

/// `visavis render`: a film of an avatar that says a recording or a text.
struct Render: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write an MP4 of an avatar that says a recording or a text, or those of MuseTalk's realtime.yaml.",
        discussion: """
            EXAMPLES
              visavis render --audio speech.wav --out speech.mp4
              visavis render --text "Good morning." --voice rms --out morning.mp4
              visavis render --inference-config configs/inference/realtime.yaml
            """)

    @Option(help: "A recording to be said: WAV, MP3, M4A, Ogg, FLAC, … at any rate, mono or stereo.")
    var audio: String?

    @Option(help: "A text to be said.")
    var text: String?

    @Option(
        help: "A file like MuseTalk's realtime.yaml: avatars, the videos of which they are made, and what they say.",
        completion: .file())
    var inferenceConfig: String?

    @Option(help: "Who says it: the id of an avatar, or the path of a bundle (\(AvatarLibrary.defaultAvatar)).")
    var avatar: String?

    @Option(help: "The voice that reads a text.")
    var voice = VoiceCatalog.defaultVoice

    @OptionGroup var engine: EngineOptions

    @Option(
        name: .customLong("out"),
        help: "The film. With --inference-config, the folder of films AVATAR/CLIP.mp4; results if not given.")
    var output: String?

    @OptionGroup(title: "With --inference-config, for the avatars that are made") var faceOptions: FaceOptions

    @Flag(help: "With --inference-config, make avatars again that exist.")
    var force = false

    @Flag(help: "Print each result as one JSON object on a line.")
    var json = false

    func validate() throws {
        switch [audio, text, inferenceConfig].compactMap(\.self).count {
        case 0: throw ValidationError("There is nothing to say; give --audio FILE or --text \"…\".")
        case 1: break
        default: throw ValidationError("--audio, --text and --inference-config exclude each other; give one of them.")
        }
        if inferenceConfig == nil {
            guard output != nil else { throw ValidationError("There is no film to write; give --out FILE.") }
            guard !force else { throw ValidationError("--force is for --inference-config; films are written over.") }
            guard faceOptions.isEmpty else {
                throw ValidationError(
                    "--parsing-mode, cheek widths and --extra-margin are for --inference-config: avatars have theirs.")
            }
        } else if avatar != nil {
            throw ValidationError("--avatar and --inference-config exclude each other: the file names its avatars.")
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
        if let inferenceConfig { return try await renderAll(of: inferenceConfig) }
        // What is wrong with the input is said before the avatar takes a second to load.
        let speech = try audio.map { try FilmSpeech(recording: URL(filePath: $0)) } ?? spokenText()
        let result = try await FilmMaker(engineSettings()).make(
            speech, by: avatar ?? AvatarLibrary.defaultAvatar, to: output ?? "")
        print(json ? try MachineOutput.line(result) : result.description)
    }

    private func renderAll(of file: String) async throws {
        let batch = RenderBatch(
            configuration: try RenderConfiguration(contentsOf: URL(filePath: file)),
            folder: URL(filePath: output ?? "results", directoryHint: .isDirectory), replaces: force, isQuiet: json,
            settings: try engineSettings(), faceOptions: faceOptions)
        try await batch.run(in: VisavisHome()) { avatar in
            print(json ? try MachineOutput.line(avatar) : avatar.description)
        } onFilm: { film in
            print(json ? try MachineOutput.line(film) : film.description)
        }
    }

    /// The engine of the flags, or else of the machine's settings: what serves well here renders well.
    private func engineSettings() throws(SettingsError) -> EngineSettings {
        try ServerSettings(flags: engine.flags, configurationFile: nil).engine
    }

    private func spokenText() throws -> FilmSpeech { try FilmSpeech(text: text ?? "", voice: voice) }
}
