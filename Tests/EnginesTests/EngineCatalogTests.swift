import Avatars
import Batching
import Engines
import Foundation
import Home
import LipSync
import Models
import MuseTalk
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct EngineCatalogTests {
    private let place: TemporaryFolder
    private var home: VisavisHome { VisavisHome(place.url) }

    init() throws { place = try TemporaryFolder() }

    private func catalog(_ change: (inout EngineSettings) -> Void = { _ in }) -> EngineCatalog {
        var settings = EngineSettings()
        settings.threads = 2
        settings.batchSize = 1
        change(&settings)
        return EngineCatalog(settings, library: ModelLibrary(home: home))
    }

    private static func film(_ model: FaceModel) async throws -> Avatar {
        let film = try await SmallFilm(model: model)
        return try await Avatar.load(from: film.folder)
    }

    private func linkMiniModel(as names: [String]) throws {
        try FileManager.default.createDirectory(at: home.models, withIntermediateDirectories: true)
        for name in names {
            try FileManager.default.createSymbolicLink(
                at: home.models.appending(path: name), withDestinationURL: MiniModel.folder.resolvingSymlinksInPath())
        }
    }

    @Test func aRiggedAvatarIsWarped() async throws {
        let mira = try await AvatarLibrary().load("mira")
        #expect(try await catalog().engine(for: mira).name == "viseme")
        #expect(try await catalog { $0.engine = .viseme }.engine(for: mira).name == "viseme")
    }

    @Test func anEngineForTheOtherKindIsAnErrorThatSaysWhatToChoose() async throws {
        let mira = try await AvatarLibrary().load("mira")
        let film = try await Self.film(FaceModel(version: "1.5", fingerprint: "abc"))
        for (avatar, engine) in [(mira, EngineSettings.Name.musetalk), (film, .viseme)] {
            let error = await #expect(throws: AvatarError.self) {
                try await catalog { $0.engine = engine }.engine(for: avatar)
            }
            #expect(error?.description.contains(engine == .musetalk ? "visavis avatar create" : "mira") == true)
        }
    }

    @Test func aMissingModelIsNamedWithWhereItWasLookedFor() async throws {
        let film = try await Self.film(FaceModel(version: "1.5", fingerprint: "0123456789abcdef"))
        let error = await #expect(throws: EngineError.self) { try await catalog().engine(for: film) }
        let words = error?.description ?? ""
        #expect(words.contains("0123456789ab") && words.contains(home.models.path), "\(words)")
        #expect(words.contains("visavis models import"))
    }

    @Test func aModelThatIsNotThereIsNamed() async throws {
        let film = try await Self.film(FaceModel(version: "1.5", fingerprint: nil))
        await #expect(throws: ModelError.unknown(name: "nobodys", known: [])) {
            try await catalog { $0.model = "nobodys" }.engine(for: film)
        }
    }

    @Test(.enabled(if: MiniModel.exists)) func aFilmedAvatarGetsTheModelThatItWasMadeFor() async throws {
        try linkMiniModel(as: ["mini", "the-same"])
        let fingerprint = try ModelDirectory(MiniModel.folder).manifest.fingerprint
        let known = try await Self.film(FaceModel(version: "1.5", fingerprint: fingerprint))
        let unknown = try await Self.film(FaceModel(version: "1.5", fingerprint: nil))
        let mira = try await AvatarLibrary().load("mira")
        let catalog = catalog()
        for film in [known, unknown] {
            let engine = try await catalog.engine(for: film)
            #expect(engine.name == "musetalk")
            #expect(throws: MuseTalkError.otherAvatar(found: "mira", expected: "film")) {
                _ = try engine.startUtterance(of: mira, atBaseFrame: 0)
            }
        }
    }

    /// Observers belong to devices: one is gone when its device's batches are, and what they ran.
    @Test(.enabled(if: MiniModel.exists)) func aModelIsGoneWithTheLastEngineThatUsesIt() async throws {
        try linkMiniModel(as: ["mini"])
        let film = try await Self.film(FaceModel(version: "1.5", fingerprint: nil))
        let devices = LivingDevices()
        let catalog = EngineCatalog(EngineSettings(), library: ModelLibrary(home: home)) { _ in Observer(devices) }
        var engines = [try await catalog.engine(for: film), try await catalog.engine(for: film)]
        #expect(devices.counts == .init(made: 1, living: 1))
        engines.removeLast()
        #expect(devices.counts.living == 1)
        engines.removeAll()
        while devices.counts.living > 0 { await Task.yield() }
        engines.append(try await catalog.engine(for: film))
        #expect(devices.counts == .init(made: 2, living: 1))
    }

    @Test(.enabled(if: MiniModel.exists)) func anAvatarOfOtherWeightsIsRefused() async throws {
        for (model, part) in [
            (FaceModel(version: "1.5", fingerprint: "0123456789abcdef"), "0123456789ab"),
            (FaceModel(version: "1.0", fingerprint: nil), "MuseTalk 1.0"),
        ] {
            let film = try await Self.film(model)
            let error = await #expect(throws: MuseTalkError.self) {
                try await catalog { $0.model = MiniModel.folder.path }.engine(for: film)
            }
            #expect(error?.description.contains(part) == true)
        }
    }
}

/// Counts devices by their observers.
private final class LivingDevices: Sendable {
    struct Counts: Equatable {
        var made = 0
        var living = 0
    }

    private let state = Mutex(Counts())
    var counts: Counts { state.withLock { $0 } }

    func begin() {
        state.withLock { counts in
            counts.made += 1
            counts.living += 1
        }
    }

    func end() { state.withLock { $0.living -= 1 } }
}

private final class Observer: BatchObserver {
    private let devices: LivingDevices

    init(_ devices: LivingDevices) {
        self.devices = devices
        devices.begin()
    }

    deinit { devices.end() }
}
