import Foundation
import Home
import TestSupport
import Testing

@testable import Models

@Suite(.timeLimit(.minutes(10))) struct ModelDirectoryTests {
    /// What opening or verifying `model` says.
    private func complaint(_ model: SmallModel) -> String {
        do {
            try ModelDirectory(model.folder).verify()
            return "nothing"
        } catch {
            return "\(error)"
        }
    }

    @Test func aGoodModelOpensAndHasTheSumsThatItSays() throws {
        let small = try SmallModel()
        let model = try ModelDirectory(small.folder)
        var read = 0
        try model.verify { read = $0 }
        #expect(read == model.bytes && read > 0)
        #expect(model.manifest.version == "1.5")
        #expect(try model.graph(.face) == small.file("face.onnx"))
        #expect(model.manifest.graphs["face"]?.inputs.first?.shape == [.named("batch"), .fixed(8)])
    }

    @Test func theSumIsTheOneOfTheStandard() throws {
        let folder = try TemporaryFolder()
        // FIPS 180-4's example.
        let sum = try withExtendedLifetime(folder) { try SHA256.sum(ofFile: folder.file("abc", Array("abc".utf8))) }
        #expect(sum == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func aChangedByteIsFoundByVerifying() throws {
        let model = try SmallModel()
        try Data("weights of fAce".utf8).write(to: model.file("face.onnx.data"))
        #expect(throws: Never.self) { try ModelDirectory(model.folder) }
        let complaint = complaint(model)
        #expect(complaint.contains("face.onnx.data") && complaint.contains("SHA-256"), "\(complaint)")
    }

    @Test func aFileThatIsCutShortIsFoundAtOnce() throws {
        let model = try SmallModel()
        try Data("weights".utf8).write(to: model.file("speech.onnx.data"))
        #expect(complaint(model).contains("speech.onnx.data: 7 bytes; expected 17"))
    }

    @Test func aMissingFileIsNamed() throws {
        let model = try SmallModel()
        try FileManager.default.removeItem(at: model.file("encoder.onnx"))
        #expect(complaint(model).contains("encoder.onnx: missing"))
    }

    @Test func aManifestOfAnotherFormatIsSaidToBeOne() throws {
        let model = try SmallModel()
        try Data(#"{"format": 2, "networks": []}"#.utf8).write(to: model.manifestFile)
        #expect(complaint(model).contains("\"format\" is 2; expected 1"))
    }

    @Test func aGraphOfAnotherVersionIsSaidToBeOne() throws {
        let model = try SmallModel { $0.graphs["face"]?.inputs.removeLast() }
        let complaint = complaint(model)
        #expect(complaint.contains("graphs.face") && complaint.contains("conditioning"), "\(complaint)")
    }

    @Test(arguments: ["../../etc/passwd", "/etc/passwd", "", ".hidden"])
    func filesElsewhereAreNoPartOfAModel(_ name: String) throws {
        let model = try SmallModel { $0.graphs["face"]?.file = name }
        #expect(complaint(model).contains("graphs.face.file"))
    }

    @Test(arguments: ["", "{", "[]", "{\"format\": \"1\"}", "{\"format\": 1}", "\u{0}"])
    func aManifestThatIsNoneIsSaidToBeNone(_ text: String) throws {
        let model = try SmallModel()
        try Data(text.utf8).write(to: model.manifestFile)
        let complaint = complaint(model)
        #expect(complaint.contains("manifest.json") && complaint != "nothing", "\(complaint)")
    }

    @Test func aGraphThatTheModelLacksIsNamed() throws {
        let small = try SmallModel { $0.graphs["speech_step"] = nil }
        let model = try ModelDirectory(small.folder)
        #expect(throws: ModelError.self) { try model.graph(.speechStep) }
    }

    @Test func theLibraryListsWhatCanBeOpened() throws {
        let small = try SmallModel(named: "models/good")
        let broken = small.temporary.url.appending(path: "models/broken")
        try FileManager.default.createDirectory(at: broken, withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: broken.appending(path: ModelManifest.fileName))
        let library = ModelLibrary(home: VisavisHome(small.temporary.url))
        #expect(library.list().map(\.name) == ["good"])
        #expect(try library.open("good").folder.lastPathComponent == "good")
        #expect(try library.open(small.folder.path).manifest.kind == "musetalk")
        #expect(throws: ModelError.unknown(name: "nobody", known: ["broken", "good"])) { try library.open("nobody") }
    }

    @Test func theHomeIsWhereTheEnvironmentSays() {
        #expect(VisavisHome(environment: ["VISAVIS_HOME": "/a/b"]).models.path == "/a/b/models")
        #expect(VisavisHome(environment: ["XDG_DATA_HOME": "/data"]).avatars.path == "/data/visavis/avatars")
        #expect(VisavisHome(environment: [:]).folder.path.hasSuffix("/.local/share/visavis"))
    }
}
