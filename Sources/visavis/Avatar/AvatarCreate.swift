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
        abstract: "Make an avatar of a film of a person, of a photo, or of a drawing.",
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

            With --engine viseme no model repaints the face: the picture itself is warped, on any processor, and a mouth is \
            drawn behind the lips. That takes a face detector, or landmarks that were placed by hand in the page \
            /avatars/edit of `visavis serve`. A drawing is an SVG with named parts; `visavis avatar lint` says which are \
            missing. The contact sheet then shows the face in the poses of speech.

            EXAMPLES
              visavis avatar create --engine viseme --photo carla.jpg --name Carla
              visavis avatar create --engine viseme --svg theo.svg --name Theo
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
    @Option(help: "A drawing of a person: an SVG with named parts, for --engine viseme.", completion: .file())
    var svg: String?
    @Option(help: "What moves the face: musetalk (a model repaints it) or viseme (the picture is warped).")
    var engine: FaceEngine?
    @Option(
        help:
            "With --engine viseme: where the parts of the face are in the photo, as the page /avatars/edit writes it.",
        completion: .file())
    var landmarks: String?
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
    @Option(help: "Seconds that are used at most: up to 600, 120 if not given; with --engine viseme up to 60, and 10.")
    var maxSeconds: Double?
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
        let sources = [video, photo, svg].compactMap { $0 }
        guard let source = sources.first else {
            throw ValidationError(
                "There is nothing to make it of; give --video FILE, --photo FILE or --svg FILE.")
        }
        guard sources.count == 1 else {
            throw ValidationError("--video, --photo and --svg exclude each other; give one of them.")
        }
        func expect(_ isGood: Bool, _ words: String) throws {
            guard isGood else { throw ValidationError(words) }
        }
        try expect(from >= 0 && from.isFinite, "--from is \(from); expected 0 or more.")
        let most = isRigged ? 60.0 : 600
        try expect(
            maxSeconds.map((0.04...most).contains) ?? true,
            "--max-seconds is \(maxSeconds ?? 0); expected 0.04 to \(Int(most)).")
        try expect(
            svg == nil || engine != .musetalk, "--svg \(source) is for --engine viseme: a model repaints photos.")
        try expect(landmarks == nil || isRigged, "--landmarks is for --engine viseme: a model finds its own.")
        try expect(landmarks == nil || photo != nil, "--landmarks is for --photo.")
        try expect(
            !isRigged || model == nil && faceOptions.isEmpty && bboxShift == 0,
            "--model, --bbox-shift and what of the face is repainted are for --engine musetalk.")
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

    /// True if the picture itself is warped.
    var isRigged: Bool { engine == .viseme || svg != nil }

    /// Makes the avatar in `home`.
    func create(in home: VisavisHome) async throws -> CreationResult {
        if isRigged { return try await createRigged(in: home) }
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
        recipe.longest = maxSeconds ?? recipe.longest
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
