import ArgumentParser
import AvatarPreparation
import Avatars
import Foundation
import Home
import Inference
import Models

/// `visavis avatar create`: an avatar of anybody's film, or of a photo.
struct AvatarCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an avatar of a film of a person, or of a photo.",
        discussion: """
            The person looks towards the camera, with the mouth closed or nearly so, and can be seen all the time. Ten \
            to thirty seconds are plenty: the film is shown there and back, without end. Look at the contact sheet in \
            the end: the green part is what will be repainted. A run that was interrupted goes on where it was when the \
            same command is typed again.

            The face detector is \(FaceDetector.fileName) of InsightFace, in models/ of $VISAVIS_HOME (or of \
            ~/.local/share/visavis), or where --face-detector says. If \(LandmarkDetector.fileName) of DWPose lies \
            beside it, its 68 landmarks make the crop, as in MuseTalk itself. If \(FaceParser.fileName) does (a BiSeNet \
            for CelebAMask-HQ, from 1×3×512×512 to 1×19×512×512), the repainted part follows the outline of the face, \
            as in MuseTalk itself, and --parsing-mode says which parts it is; if not, a jaw is drawn.

            EXAMPLES
              visavis avatar create --video anna.mp4 --name Anna
              visavis avatar create --video interview.mov --name Ben --from 12 --max-seconds 20 --face 2
              visavis avatar create --photo carla.jpg --name Carla --model musetalk-1.5 --device cuda:0
            """)

    @Option(
        help: """
            A film of a person, in any format that FFmpeg reads; or a folder of PNG or JPEG pictures, 25 a second in \
            the order of their names.
            """,
        completion: .file())
    var video: String?
    @Option(help: "A photo of a person; it does not move but for the mouth.", completion: .file())
    var photo: String?
    @Option(help: "What people call the avatar; its id is made of that.")
    var name: String
    @Option(
        help: "The model: the name of an imported one, or the path of a model directory. The only one if not given.")
    var model: String?
    @Option(help: "The face detector: an ONNX file.", completion: .file())
    var faceDetector: String?
    @Option(help: "Which face, if there are several: 1 is the largest and most central.")
    var face = 1
    @Option(help: "Seconds that are left out at the beginning.")
    var from = 0.0
    @Option(help: "Seconds that are used at most, up to 600.")
    var maxSeconds = 120.0
    @Option(help: "Pixels by which the line that divides the face is moved down; more opens the mouth more.")
    var bboxShift = 0
    @OptionGroup var faceOptions: FaceOptions
    @Option(help: "Where the graphs run: cpu, cpu:0-3 (some cores), cuda:N or tensorrt:N.")
    var device = "cpu"
    @Option(help: "Threads of a graph on the CPU; 0 for one a core.")
    var threads = 0
    @Flag(help: "Replace an avatar that has this id.")
    var force = false
    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        switch (video, photo) {
        case (nil, nil): throw ValidationError("There is nothing to make it of; give --video FILE or --photo FILE.")
        case (_?, _?): throw ValidationError("--video and --photo exclude each other; give one of them.")
        default: break
        }
        func expect(_ isGood: Bool, _ words: String) throws {
            guard isGood else { throw ValidationError(words) }
        }
        try expect(from >= 0 && from.isFinite, "--from is \(from); expected 0 or more.")
        try expect((0.04...600).contains(maxSeconds), "--max-seconds is \(maxSeconds); expected 0.04 to 600.")
        try expect(face >= 1, "--face is \(face); expected 1 or more.")
        try expect((0...1024).contains(threads), "--threads is \(threads); expected 0 to 1024.")
        try expect((-200...200).contains(bboxShift), "--bbox-shift is \(bboxShift); expected -200 to 200.")
    }

    func run() async throws {
        let command = self
        try await Interruption.cancels {
            let result = try await command.create(in: VisavisHome())
            print(command.json ? try MachineOutput.line(result) : result.description)
        }
    }

    /// Makes the avatar in `home`.
    func create(in home: VisavisHome) async throws -> CreationResult {
        let recipe = try recipe(in: home)
        let line = CreationLine(isShown: !json)
        defer { line.clear() }
        let made = try await AvatarCreator(recipe, progress: line.show).create(in: home.avatars)
        return CreationResult(avatar: try await AvatarSummary(of: made.folder), notes: made.notes)
    }

    private func recipe(in home: VisavisHome) throws -> AvatarRecipe {
        let model = try chosenModel(in: home)
        let detector = try detector(in: home)
        var recipe = AvatarRecipe(
            source: URL(filePath: video ?? photo ?? ""), id: try AvatarRecipe.id(of: name), name: name,
            model: FaceModel(version: model.manifest.version, fingerprint: model.manifest.fingerprint),
            encoder: try model.graph(.encoder), detector: detector)
        recipe.landmarks = LandmarkDetector.file(in: home.models)
        recipe.parser = FaceParser.file(in: home.models)
        recipe.region = faceOptions.region(for: model.manifest.version)
        if recipe.parser == nil, faceOptions.needsParser {
            throw CreationError.parserMissing(place: home.models.appending(path: FaceParser.fileName).path)
        }
        recipe.isPhoto = photo != nil
        recipe.start = from
        recipe.longest = maxSeconds
        recipe.faceNumber = face
        recipe.bboxShift = bboxShift
        recipe.extraMargin = faceOptions.margin(for: model.manifest.version)
        recipe.device = try InferenceDevice(device)
        recipe.threads = threads == 0 ? nil : threads
        recipe.replaces = force
        return recipe
    }

    /// The model that was named, or the only one there is.
    func chosenModel(in home: VisavisHome) throws -> ModelDirectory {
        let library = ModelLibrary(home: home)
        if let model { return try library.open(model) }
        let known = library.list()
        guard let only = known.first else { throw CreationError.noModel(folder: home.models.path) }
        guard known.count == 1 else { throw CreationError.severalModels(known.map(\.name)) }
        return only.model
    }

    private func detector(in home: VisavisHome) throws -> URL {
        let file = faceDetector.map { URL(filePath: $0) } ?? home.models.appending(path: FaceDetector.fileName)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw CreationError.detectorMissing(places: [file.path])
        }
        return file
    }
}

/// What `visavis avatar create` says in the end.
struct CreationResult: Codable, Equatable, CustomStringConvertible {
    /// What was made.
    var avatar: AvatarSummary
    /// What was done that its maker might not expect.
    var notes: [String]

    /// Lines for people.
    var description: String { notes.reduce(avatar.description) { $0 + "\n  note        \($1)" } }
}
