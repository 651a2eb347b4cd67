import Avatars
import Foundation
import TestSupport
import Testing
import Video

/// Bundles appear whole or not at all, and those that are damaged say how.
@Suite(.timeLimit(.minutes(10))) struct FilmedBundleWriterTests {
    private let model = FaceModel(version: "1.5", fingerprint: nil)

    @Test func nothingIsSeenBeforeItIsFinished() async throws {
        let place = try TemporaryFolder()
        let folder = place.url.appending(path: "film")
        let library = AvatarLibrary(folders: [place.url])
        let writer = try FilmedBundle.writer(at: folder)
        try FilmedBundle.fill(writer)
        #expect(!library.list().contains { $0.id == "film" })
        #expect(place.fileNames == [".film.partial"])
        try await writer.finish(loop: .forward, model: model)
        #expect(library.list().contains { $0.id == "film" })
        #expect(place.fileNames == ["film"])
    }

    @Test func aDiscardedBundleLeavesNothing() throws {
        let place = try TemporaryFolder()
        let writer = try FilmedBundle.writer(at: place.url.appending(path: "film"))
        try FilmedBundle.fill(writer)
        writer.discard()
        #expect(place.fileNames.isEmpty)
    }

    @Test func anInterruptedRunIsContinued() async throws {
        let place = try TemporaryFolder()
        let folder = place.url.appending(path: "film")
        do {
            let writer = try FilmedBundle.writer(at: folder)
            for index in 0..<5 { try writer.append(FilmedBundle.picture(index)) }
            try FilmedBundle.latents(0).withUnsafeBufferPointer { try writer.append(latents: $0) }
        }
        // A half frame, as a run leaves it that is killed while it writes.
        let frames = try FileHandle(forWritingTo: place.url.appending(path: ".film.partial/frames.i420"))
        try frames.seekToEnd()
        try frames.write(contentsOf: Data(count: 1_000))
        try frames.close()

        let writer = try FilmedBundle.writer(at: folder, resumes: true)
        #expect(writer.frameCount == 5)
        #expect(writer.latentCount == 1)
        try FilmedBundle.fill(writer)
        try await writer.finish(loop: .forward, model: model)
        let avatar = try await Avatar.load(from: folder)
        let picture = PixelBuffer(width: 64, height: 48)
        avatar.copyBaseFrame(6, into: picture)
        #expect(Array(picture.bytes) == FilmedBundle.bytes(ofPicture: 6))
    }

    @Test func aRunThatDoesNotResumeStartsAnew() throws {
        let place = try TemporaryFolder()
        let folder = place.url.appending(path: "film")
        try FilmedBundle.fill(FilmedBundle.writer(at: folder))
        let writer = try FilmedBundle.writer(at: folder)
        #expect(writer.frameCount == 0)
        #expect(writer.latentCount == 0)
    }

    @Test func aBundleIsReplacedOnlyOnDemand() async throws {
        let bundle = try await FilmedBundle()
        #expect(throws: AvatarError.exists(bundle.folder.path)) { try FilmedBundle.writer(at: bundle.folder) }
        // Whoever shows the old one goes on showing it.
        let old = try await Avatar.load(from: bundle.folder)
        let writer = try FilmedBundle.writer(at: bundle.folder, replaces: true)
        try FilmedBundle.fill(writer)
        try await writer.finish(loop: .forward, model: model)
        #expect(try await Avatar.load(from: bundle.folder).frameCount == FilmedBundle.frames)
        #expect(bundle.place.fileNames == ["film"])
        let picture = PixelBuffer(width: 64, height: 48)
        old.copyBaseFrame(13, into: picture)
        #expect(Array(picture.bytes) == FilmedBundle.bytes(ofPicture: 0))
    }

    @Test func latentsThatAreNoNumbersAreRefused() throws {
        let place = try TemporaryFolder()
        let writer = try FilmedBundle.writer(at: place.url.appending(path: "film"))
        var latents = FilmedBundle.latents(0) + FilmedBundle.latents(1)
        latents[FilmedFace.latentCount + 3] = .nan
        let error = #expect(throws: AvatarError.self) {
            try latents.withUnsafeBufferPointer { try writer.append(latents: $0) }
        }
        #expect(error?.description.contains("nan in frame 1") == true)
        #expect(writer.latentCount == 0)
    }

    @Test func anIncompleteBundleIsNotFinished() async throws {
        let place = try TemporaryFolder()
        let writer = try FilmedBundle.writer(at: place.url.appending(path: "film"))
        try writer.append(FilmedBundle.picture(0))
        let error = await #expect(throws: AvatarError.self) { try await writer.finish(loop: .forward, model: model) }
        #expect(error?.description.contains("1 frames, 0 faces and 0 latents") == true)
        #expect(place.fileNames == [".film.partial"])
    }

    @Test(arguments: ["frames.i420", "latents.bin", "masks.bin", "idle.h264"], [0, 100])
    func aFileThatIsTooShort(name: String, size: Int) async throws {
        let bundle = try await FilmedBundle()
        let file = bundle.folder.appending(path: name)
        try Data(count: size).write(to: file)
        let error = await #expect(throws: AvatarError.self) { try await Avatar.load(from: bundle.folder) }
        guard case .media(file.path, found: "\(size) bytes", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["frames.i420", "latents.bin", "masks.bin", "idle.h264", "poster.png"])
    func aMissingFile(name: String) async throws {
        let bundle = try await FilmedBundle()
        let file = bundle.folder.appending(path: name)
        try FileManager.default.removeItem(at: file)
        let error = await #expect(throws: AvatarError.self) { try await Avatar.load(from: bundle.folder) }
        guard case .missingFile(file.path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// What is changed in `avatar.json`, as JSON, and the field that the error names.
    @Test(arguments: [
        ("loop", "\"sideways\"", "loop"), ("clip", "\"/etc/passwd\"", "clip"), ("frames", "6", "idle.sizes"),
        ("frames", "15001", "frames"), ("idle", "{\"file\": \"idle.h264\", \"sizes\": [1]}", "idle.sizes"),
        ("idle", "{\"file\": \"../idle.h264\", \"sizes\": [1]}", "idle.file"), ("face", "{}", "face.kind"),
        ("width", "8192", "width"), ("poster", "7", "poster"),
    ])
    func aBadField(key: String, json: String, field: String) async throws {
        let bundle = try await FilmedBundle()
        let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
        try bundle.changeManifest { $0[key] = value }
        let error = await #expect(throws: AvatarError.self) { try await Avatar.load(from: bundle.folder) }
        guard case .field(_, field, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        ("kind", "\"painted\"", "face.kind"), ("model", "{\"version\": \"2\"}", "face.model.version"),
        ("boxes", "[[1, 2, 3]]", "face.boxes[0]"), ("boxes", "[]", "face.boxes"),
        ("masks", "{\"file\": \"masks.bin\", \"areas\": [[0, 0, 4, 4], [0]]}", "face.masks.areas[1]"),
        ("masks", "{\"file\": \"masks.bin\", \"areas\": [[0, 0, 4, 4]], \"offsets\": []}", "face.masks.areas"),
    ])
    func aBadFace(key: String, json: String, field: String) async throws {
        let bundle = try await FilmedBundle()
        let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
        try bundle.changeManifest {
            var face = $0["face"] as? [String: Any] ?? [:]
            face[key] = value
            $0["face"] = face
        }
        let error = await #expect(throws: AvatarError.self) { try await Avatar.load(from: bundle.folder) }
        guard case .field(_, field, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [[40, 10, 70, 30], [20, 20, 20, 30], [-2, 10, 30, 30]])
    func aBoxOutsideThePictureIsRefused(box: [Int]) async throws {
        let bundle = try await FilmedBundle()
        try bundle.changeManifest {
            var face = $0["face"] as? [String: Any] ?? [:]
            face["boxes"] = [[Int]](repeating: box, count: FilmedBundle.frames)
            $0["face"] = face
        }
        let error = await #expect(throws: AvatarError.self) { try await Avatar.load(from: bundle.folder) }
        #expect(error?.description.contains("\"face.boxes[0]\" is \(box)") == true)
    }

    @Test(arguments: [[11, 20, 28, 36], [40, 20, 66, 36], [28, 20, 12, 36]])
    func anAreaThatCannotBePaintedIsRefused(area: [Int]) async throws {
        let bundle = try await FilmedBundle()
        try bundle.changeManifest {
            var face = $0["face"] as? [String: Any] ?? [:]
            var masks = face["masks"] as? [String: Any] ?? [:]
            masks["areas"] = [[Int]](repeating: area, count: FilmedBundle.frames)
            face["masks"] = masks
            $0["face"] = face
        }
        let error = await #expect(throws: AvatarError.self) { try await Avatar.load(from: bundle.folder) }
        #expect(error?.description.contains("\"face.masks.areas[0]\" is \(area)") == true)
    }
}
