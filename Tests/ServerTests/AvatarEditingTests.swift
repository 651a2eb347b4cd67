import Avatars
import Foundation
import HTTPTypes
import Home
import TestSupport
import Testing

@testable import Server

/// What the page /avatars/edit asks for.
@Suite("Avatars made over the network", .timeLimit(.minutes(10)))
struct AvatarEditingTests {
    private let place: TemporaryFolder
    private static let photo = AvatarLibrary.builtIn.appending(path: "theo/picture.png")

    init() throws { place = try TemporaryFolder() }

    private var home: VisavisHome { VisavisHome(place.url) }

    private func landmarks() throws -> RigLandmarks {
        struct Manifest: Decodable { var landmarks: RigLandmarks }
        let file = AvatarLibrary.builtIn.appending(path: "theo/avatar.json")
        return try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: file)).landmarks
    }

    private func editing(entered: @escaping @Sendable (URL) -> Void = { _ in }) -> AvatarEditing {
        var stage = Stage(defaultAvatar: "mira")
        stage.enter = { entered($0) }
        return AvatarEditing(stage, home: home)
    }

    @Test("A photo and its points become an avatar that enters the stage")
    func creation() async throws {
        let photo = try Data(contentsOf: Self.photo)
        let place = place.url
        let (id, notes) = try await editing { folder in
            #expect(folder == place.appending(path: "avatars/anna-2"))
        }.create(name: "Ánna 2", photo: photo, landmarks: landmarks())
        #expect(id == "anna-2" && notes.isEmpty)
        let avatar = try await Avatar.load(from: home.avatars.appending(path: id))
        #expect(avatar.name == "Ánna 2" && avatar.kind == .rigged)
        await #expect {
            try await editing().create(name: "Anna 2", photo: photo, landmarks: landmarks())
        } throws: { ($0 as? HTTPProblem)?.status == .conflict }
    }

    @Test(
        "What is no picture is not even opened",
        arguments: ["#EXTM3U\n/etc/passwd", "ffconcat version 1.0", "", "GIF89a"])
    func otherFiles(text: String) async throws {
        await #expect {
            try await editing().create(name: "x", photo: Data(text.utf8), landmarks: landmarks())
        } throws: { ($0 as? HTTPProblem)?.status == .unsupportedMediaType }
        #expect(place.fileNames.isEmpty)
    }

    @Test("A picture that breaks off, points that are no face, a name without letters: each is said")
    func refusals() async throws {
        let photo = try Data(contentsOf: Self.photo)
        await #expect {
            try await editing().create(name: "x", photo: photo.prefix(40), landmarks: landmarks())
        } throws: { ($0 as? HTTPProblem)?.status == .unprocessableContent }
        var points = try landmarks()
        points[.mouthLeft] = points[.mouthRight]
        await #expect {
            try await editing().create(name: "x", photo: photo, landmarks: points)
        } throws: { ($0 as? HTTPProblem)?.message.contains("mouth_left") == true }
        await #expect {
            try await editing().create(name: "!!!", photo: photo, landmarks: landmarks())
        } throws: { ($0 as? HTTPProblem)?.status == .badRequest }
    }

    @Test("Without a detector points have to be placed by hand")
    func noDetector() async throws {
        await #expect {
            try await editing().findLandmarks(in: Data(contentsOf: Self.photo))
        } throws: { ($0 as? HTTPProblem)?.code == "no_detector" }
    }

    @Test("The detector finds a face", .enabled(if: TrainedModel.faceDetector.exists))
    func detection() async throws {
        try FileManager.default.createDirectory(at: home.models, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: home.models.appending(path: "scrfd_2.5g_kps.onnx"),
            withDestinationURL: URL(filePath: TrainedModel.faceDetector.path))
        let found = try await editing().findLandmarks(in: Data(contentsOf: Self.photo))
        let known = try landmarks()
        for point in [RigLandmarks.Point.lipLine, .mouthLeft, .leftEyeTop, .chin] {
            let way = found[point] - known[point]
            #expect((way * way).sum().squareRoot() < 16, "\(point): \(found[point]), drawn at \(known[point])")
        }
    }

    @Test(
        "Avatars are made where only this machine can ask, or where that is allowed",
        arguments: [
            ("127.0.0.1", "auto", true), ("localhost", "auto", true), ("0.0.0.0", "auto", false),
            ("0.0.0.0", "true", true), ("127.0.0.1", "false", false),
        ])
    func permission(host: String, setting: String, isAllowed: Bool) throws {
        let settings = try ServerSettings(
            flags: ["host": host, "edit_avatars": setting], environment: [:], file: nil)
        #expect(settings.allowsEditing == isAllowed)
    }
}
