public import Avatars
public import Batching
import Foundation
public import Inference
public import LipSync
public import Models
import MuseTalk

/// Finds the engine for each avatar, as far as the settings leave the choice, and loads each model once for all who use it.
public actor EngineCatalog {
    /// What an engine is wanted for.
    public enum Purpose: Sendable {
        /// Frames are wanted while the speech arrives.
        case conversation
        /// The speech is there, and may be heard as a whole first.
        case film
    }

    private let settings: EngineSettings
    private let purpose: Purpose
    private let library: ModelLibrary
    private let admission: Admission
    private let observer: @Sendable (InferenceDevice) -> any BatchObserver
    private let report: @Sendable (String) -> Void
    private let warn: @Sendable (String) -> Void
    /// The engine of all rigged avatars, from the first of them on.
    private lazy var viseme = VisemeEngine(warn: warn)
    /// Models by their folder's path. Engines hold them.
    private var models: [String: Shared<MuseTalkModel>] = [:]

    /// A catalog for one server, or one film.
    /// - Parameters:
    ///   - library: the models that can be named, and in which an avatar's own is looked for.
    ///   - admission: how many may speak, of what the devices were measured to carry.
    ///   - observer: who wants to know what a device of the settings does.
    ///   - report: is told in words what becomes of the devices: how fast they are, when one fails.
    ///   - warn: is told in words what has to be done without.
    public init(
        _ settings: EngineSettings, for purpose: Purpose = .conversation, library: ModelLibrary = ModelLibrary(),
        admission: Admission = Admission(),
        observer: @escaping @Sendable (InferenceDevice) -> any BatchObserver = { _ in NoBatchObserver() },
        report: @escaping @Sendable (String) -> Void = { _ in },
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.warn = warn
        self.admission = admission
        self.observer = observer
        self.report = report
        self.settings = settings
        self.purpose = purpose
        self.library = library
    }

    /// The engine that moves an avatar's lips, ready to be used. The first one of a neural model takes seconds; the model
    /// is gone with the last.
    /// - Throws: `AvatarError` where the settings name an engine for the other kind of avatars, ``EngineError`` where no
    ///   model is found, `ModelError`, `InferenceError`, `MuseTalkError`, or `BatchingError`.
    public func engine(for avatar: Avatar) async throws -> any LipSyncEngine {
        switch (settings.engine, avatar.face) {
        case (.viseme, _), (.auto, .rigged):
            _ = try avatar.riggedFace(for: viseme.name)
            return viseme
        case (.musetalk, _), (.auto, .filmed):
            let face = try avatar.filmedFace(for: EngineSettings.Name.musetalk.rawValue)
            let model = try await model(directory(for: face.model, avatar: avatar.id)).value()
            return try MuseTalkEngine(for: avatar, model: model)
        }
    }

    /// Takes note of the share of a device's memory that is in use, 0…1: batches become smaller when it is short.
    public func read(memoryShare: Double, of device: InferenceDevice) async {
        for model in models.values { await model.loaded?.read(memoryShare: memoryShare, of: device) }
    }

    private func model(_ directory: ModelDirectory) -> Shared<MuseTalkModel> {
        let path = directory.folder.standardizedFileURL.path
        if let model = models[path] { return model }
        var placement = MuseTalkModel.Placement(
            devices: settings.devices, threads: settings.threads == 0 ? nil : settings.threads,
            batchSize: settings.batchSize, hearing: purpose == .film ? .whole : .streaming)
        placement.batching = settings.batching
        placement.admission = admission
        let model = Shared { [placement, observer, report] in
            let health = DeviceHealth(placement.devices)
            return try await MuseTalkModel.load(directory, on: placement, observer: observer) {
                health.note($0)
                report("\($0)")
            }
        }
        models[path] = model
        return model
    }

    /// The model that the settings name, or else the one that the face was prepared with.
    private func directory(for wanted: FaceModel, avatar: String) throws -> ModelDirectory {
        guard settings.model == EngineSettings.automaticModel else { return try library.open(settings.model) }
        let known = library.list()
        let fitting = known.filter { entry in
            let manifest = entry.model.manifest
            return manifest.version == wanted.version
                && (wanted.fingerprint == nil || wanted.fingerprint == manifest.fingerprint)
        }
        guard let first = fitting.first else {
            throw EngineError.noModel(avatar: avatar, wanted: wanted, known: known.map(\.name), folder: library.folder)
        }
        // The same weights may have been imported at several precisions; any will do.
        let weights = Set(fitting.map(\.model.manifest.fingerprint))
        guard weights.count == 1 else {
            throw EngineError.severalModels(avatar: avatar, version: wanted.version, fitting: fitting.map(\.name))
        }
        return first.model
    }
}
