import Avatars
public import Foundation
import Inference
import MuseTalk
import Video

/// Makes an avatar of a film or a photo: finds the face in every frame, and prepares what the model needs of it.
///
/// Frames go to the disk as they are decoded, and come back one at a time: memory does not grow with the film. What an
/// interrupted run has done is used by the next one of the same recipe.
public actor AvatarCreator {
    private let queue = InferenceQueue("creator")
    private let recipe: AvatarRecipe
    private let progress: @Sendable (CreationProgress) -> Void
    private var notes: [String] = []

    /// Its own thread: decoding and graphs block.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// - Parameter progress: is called now and then, on the creator's thread.
    public init(_ recipe: AvatarRecipe, progress: @escaping @Sendable (CreationProgress) -> Void = { _ in }) {
        self.recipe = recipe
        self.progress = progress
    }

    /// Makes the avatar.
    /// - Parameter avatars: the folder of bundles; the avatar's gets its id as name.
    /// - Returns: what was made.
    /// - Throws: ``CreationError``, `VideoFileError`, `AvatarError`, `InferenceError`; `CancellationError`. Of a film
    ///   that cannot become an avatar nothing is left; otherwise the same recipe goes on where it was interrupted.
    public func create(in avatars: URL) async throws -> CreatedAvatar {
        notes = []
        let reader = try FootageReader(recipe.source)
        let expected = try expectedFrames(of: reader)
        try checkRoom(in: avatars, frames: expected ?? AvatarRecipe.fps, reader)
        let writer = try FilmedBundleWriter(
            avatars.appending(path: recipe.id), id: recipe.id, name: recipe.name, width: reader.width,
            height: reader.height, replaces: recipe.replaces, resumes: true)
        do {
            let found = try findFaces(reader, expected: expected, writer)
            let chosen = try ChosenFace(
                in: found, width: reader.width, height: reader.height,
                choice: FaceChoice(
                    file: recipe.source.lastPathComponent, number: recipe.faceNumber, start: recipe.start))
            let boxes = FaceBoxes(
                bboxShift: recipe.bboxShift, extraMargin: recipe.extraMargin, width: reader.width,
                height: reader.height
            ).boxes(of: chosen.faces)
            try appendMasks(boxes, chosen.faces, to: writer)
            try ContactSheet.write(of: writer) { chosen.faces[$0].landmarks }
            try encode(boxes, of: writer)
            try await writer.finish(loop: .thereAndBack, model: recipe.model) { [progress] done, total in
                progress(CreationProgress(stage: .compressing, done: done, total: total))
            }
            let folder = avatars.appending(path: recipe.id)
            return CreatedAvatar(
                folder: folder, contactSheet: folder.appending(path: ContactSheet.fileName), frames: boxes.count,
                width: reader.width, height: reader.height,
                faceWidth: boxes.map(\.width).reduce(0, +) / boxes.count, notes: notes + chosen.notes)
        } catch let error where error is CreationError || error is VideoFileError {
            writer.discard()
            throw error
        }
    }

    /// How many frames will be read; nil if the file does not say.
    private func expectedFrames(of reader: FootageReader) throws(CreationError) -> Int? {
        if reader.isScaledDown {
            notes.append(
                """
                \(reader.sourceSize.width)×\(reader.sourceSize.height) was scaled down to \
                \(reader.width)×\(reader.height): more than \(FootageReader.longestSide) pixels are of no use
                """)
        }
        if recipe.isPhoto { return 1 }
        guard let duration = reader.duration else { return nil }
        let left = duration - recipe.start
        guard left > 0 else {
            throw .emptyPart(file: recipe.source.lastPathComponent, from: recipe.start, seconds: duration)
        }
        if left > recipe.longest + 0.5 {
            notes.append(
                """
                of \(Int(left.rounded())) s only \(recipe.longest.formatted()) s were used: --max-seconds allows more, \
                --from chooses which
                """)
        }
        return max(1, Int((min(left, recipe.longest) * Double(AvatarRecipe.fps)).rounded()))
    }

    /// Frames before the part that is used.
    private var skippedFrames: Int { max(0, Int((recipe.start * Double(AvatarRecipe.fps)).rounded())) }

    private func checkRoom(in folder: URL, frames: Int, _ reader: FootageReader) throws(CreationError) {
        var existing = folder
        while !FileManager.default.fileExists(atPath: existing.path), existing.path != "/" {
            existing.deleteLastPathComponent()
        }
        var status = statvfs()
        guard statvfs(existing.path, &status) == 0 else { return }
        let free = Int(status.f_bavail) * Int(status.f_frsize)
        // Frames, a little more for masks, latents and the idle clip.
        let needed = frames * reader.width * reader.height * 3 / 2 / 10 * 12
        guard free >= needed else { throw .noRoom(folder: existing.path, needed: needed, free: free) }
    }

    /// Decodes all frames into the bundle, and finds all faces in them, as far as an interrupted run has not.
    private func findFaces(
        _ reader: FootageReader, expected: Int?, _ writer: FilmedBundleWriter
    ) throws -> [FaceSight] {
        var record = WorkRecord(recipe)
        let old = WorkRecord.read(in: writer.scratch)
        if old?.film != record.film { try writer.forgetAll() }
        if old?.crop != record.crop { try writer.forgetLatents() }
        let log = try SightLog(in: writer.scratch, keeping: writer.frameCount)
        record.frames = old?.film == record.film ? old?.frames : nil
        try record.write(in: writer.scratch)
        if let frames = record.frames, frames == log.sights.count { return log.sights }

        let detector = try FaceDetector(recipe.detector.path, device: recipe.device, threads: recipe.threads)
        let landmarks = try recipe.landmarks.map {
            try LandmarkDetector($0.path, device: recipe.device, threads: recipe.threads)
        }
        let most = recipe.isPhoto ? 1 : Int((recipe.longest * Double(AvatarRecipe.fps)).rounded())
        _ = try reader.skip(skippedFrames + writer.frameCount)
        let picture = PixelBuffer(width: reader.width, height: reader.height)
        while log.sights.count < most {
            try Task.checkCancellation()
            if log.sights.count < writer.frameCount {
                try writer.copyFrame(log.sights.count, into: picture)
            } else {
                guard try reader.read(into: picture) else { break }
                try writer.append(picture)
            }
            let faces = try detector.faces(in: picture)
            try log.append(FaceSight(faces: faces, landmarks: try landmarks?.landmarks(in: picture)))
            progress(CreationProgress(stage: .findingFaces, done: log.sights.count, total: expected))
        }
        guard !log.sights.isEmpty else {
            throw CreationError.emptyPart(
                file: recipe.source.lastPathComponent, from: recipe.start, seconds: reader.duration)
        }
        record.frames = log.sights.count
        try record.write(in: writer.scratch)
        return log.sights
    }

    private func appendMasks(_ boxes: [PixelBox], _ faces: [FaceShape], to writer: FilmedBundleWriter) throws {
        let parser = try recipe.parser.map {
            try FaceParser($0.path, device: recipe.device, threads: recipe.threads)
        }
        let picture = PixelBuffer(width: writer.width, height: writer.height)
        func blend(_ mask: CropMask, _ box: PixelBox) -> BlendMask {
            BlendMask(mask, face: box, frameWidth: writer.width, frameHeight: writer.height)
        }
        for (index, (box, face)) in zip(boxes, faces).enumerated() {
            try Task.checkCancellation()
            var mask: BlendMask?
            if let parser {
                try writer.copyFrame(index, into: picture)
                let parsed = try parser.parse(picture, in: box.blendingSquare)
                mask = blend(CropMask(parsing: parsed.mask(of: recipe.region), face: box), box)
                progress(CreationProgress(stage: .parsingFaces, done: index + 1, total: boxes.count))
            }
            // A face in which the parser sees none would not be repainted at all.
            let painted =
                mask.flatMap { $0.alpha.isEmpty ? nil : $0 }
                ?? blend(CropMask(jawOf: box, landmarks: face.landmarks), box)
            try writer.append(FilmedFace.Region(box: box, maskArea: painted.area), mask: painted.alpha)
        }
    }

    /// Makes the latents that are not there yet.
    private func encode(_ boxes: [PixelBox], of writer: FilmedBundleWriter) throws {
        guard writer.latentCount < boxes.count else { return }
        let encoder = try LatentEncoder(
            recipe.encoder.path, device: recipe.device, threads: recipe.threads,
            batchSize: min(boxes.count, recipe.device.gpu == nil ? 4 : 16))
        // Not from the bundle, whose frames were rounded once more: the model shall see what it was trained to see.
        let reader = try FootageReader(recipe.source)
        _ = try reader.skip(skippedFrames + writer.latentCount)
        var frame = [UInt8](repeating: 0, count: reader.width * reader.height * 3)
        while writer.latentCount < boxes.count {
            try Task.checkCancellation()
            let first = writer.latentCount
            var crops: [RGBImage] = []
            for index in first..<min(first + encoder.batchSize, boxes.count) {
                guard try frame.withUnsafeMutableBufferPointer({ try reader.read(rgb: $0) }) else {
                    throw CreationError.changed(file: recipe.source.lastPathComponent)
                }
                let face = RGBImage(ofFrame: frame, width: reader.width, in: boxes[index])
                crops.append(face.resizedByLanczos(width: FaceCrop.size, height: FaceCrop.size))
            }
            try encoder.encode(crops) { try writer.append(latents: $0) }
            progress(CreationProgress(stage: .encodingFaces, done: writer.latentCount, total: boxes.count))
        }
    }
}
