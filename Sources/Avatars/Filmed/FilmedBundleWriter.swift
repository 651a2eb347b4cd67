public import Foundation
public import Video

/// Writes the bundle of a filmed avatar: frames, then regions with masks, then latents; ``finish(loop:model:)`` makes
/// the idle clip and the manifest, and gives the bundle its place.
///
/// Everything grows in a folder of its own beside that place, so that an interrupted run leaves no half avatar.
/// Frames and latents that are there are kept by a writer that resumes. An instance belongs to one task at a time: it
/// is not `Sendable`.
public final class FilmedBundleWriter {
    /// A folder for what only the making needs; it is gone when the bundle is finished.
    public var scratch: URL { draft.scratch }
    /// Where the bundle grows: further files, such as a picture to look at, may be put here.
    public var folder: URL { draft.folder }
    /// Frames that have been appended, also by the run that is resumed.
    public var frameCount: Int { frames.size / frameSize }
    /// Frames whose latents have been appended, also by the run that is resumed.
    public var latentCount: Int { latents.size / FilmedManifest.latentSize }
    /// Where faces are in the frames, as far as they have been appended.
    public private(set) var regions: [FilmedFace.Region] = []

    /// Width of every frame in pixels.
    public let width: Int
    /// Height of every frame in pixels.
    public let height: Int

    /// The most frames that a bundle may have: ten minutes.
    public static let mostFrames = AvatarManifest.mostFrames

    private let id: String
    private let name: String
    private let draft: BundleDraft
    private let frameSize: Int
    private let frames: GrowingFile
    private let latents: GrowingFile
    private let masks: GrowingFile
    private var maskOffsets: [Int] = []
    private var knownMasks: [[UInt8]: Int] = [:]

    /// Masks that are remembered, to store equal ones once; more would be those of a face that moves in every frame.
    private static let mostKnownMasks = 64

    /// Starts a bundle.
    /// - Parameters:
    ///   - target: the bundle's folder; its name should be `id`.
    ///   - id: letters, digits, - and _.
    ///   - name: as people see it.
    ///   - width: of every frame, in pixels, even, 16…4096.
    ///   - height: of every frame, in pixels, even, 16…4096.
    ///   - replaces: whether a bundle that is there is replaced in the end.
    ///   - resumes: whether frames and latents of an interrupted run are kept. Whoever resumes makes sure that they
    ///     are of the same film and the same model.
    /// - Throws: ``AvatarError``.
    public init(
        _ target: URL, id: String, name: String, width: Int, height: Int, replaces: Bool = false, resumes: Bool = false
    ) throws(AvatarError) {
        self.id = id
        self.name = name
        self.width = width
        self.height = height
        try AvatarManifest(format: 2, id: id, name: name, width: width, height: height, frames: 1)
            .check(FieldCheck(file: target.path))
        frameSize = FilmedClip.frameSize(width: width, height: height)
        draft = try BundleDraft(target, replaces: replaces)
        frames = try GrowingFile(draft.folder.appending(path: "frames.i420"), keepingWhole: resumes ? frameSize : nil)
        latents = try GrowingFile(
            draft.folder.appending(path: "latents.bin"), keepingWhole: resumes ? FilmedManifest.latentSize : nil)
        masks = try GrowingFile(draft.folder.appending(path: "masks.bin"), keepingWhole: nil)
    }

    /// Forgets the latents of an interrupted run, e.g. because another model shall make them.
    public func forgetLatents() throws(AvatarError) { try latents.clear() }

    /// Forgets all of an interrupted run, e.g. because it was of another film.
    public func forgetAll() throws(AvatarError) {
        try frames.clear()
        try latents.clear()
    }

    /// Appends the next filmed frame.
    /// - Precondition: `picture` has the bundle's size.
    public func append(_ picture: PixelBuffer) throws(AvatarError) {
        precondition(picture.width == width && picture.height == height)
        try frames.append(picture.bytes.span.bytes)
    }

    /// Reads a frame that has been appended.
    public func copyFrame(_ index: Int, into picture: PixelBuffer) throws(AvatarError) {
        precondition(picture.width == width && picture.height == height)
        try frames.read(at: index * frameSize, into: UnsafeMutableRawBufferPointer(picture.bytes))
    }

    /// Appends where the face is in the next filmed frame.
    /// - Parameters:
    ///   - region: box and area lie inside the picture.
    ///   - mask: a byte a pixel of the area, rows packed.
    public func append(_ region: FilmedFace.Region, mask: [UInt8]) throws(AvatarError) {
        precondition(mask.count == region.maskArea.width * region.maskArea.height)
        regions.append(region)
        if let offset = knownMasks[mask] {
            maskOffsets.append(offset)
            return
        }
        maskOffsets.append(masks.size)
        if knownMasks.count == Self.mostKnownMasks { knownMasks.removeAll() }
        knownMasks[mask] = masks.size
        try masks.append(mask.span.bytes)
    }

    /// The mask that has been appended for a frame: a byte a pixel of its area, rows packed.
    public func mask(ofFrame index: Int) throws(AvatarError) -> [UInt8] {
        let area = regions[index].maskArea
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: area.width * area.height, alignment: 1)
        defer { bytes.deallocate() }
        try masks.read(at: maskOffsets[index], into: bytes)
        return Array(bytes)
    }

    /// Appends the latents of the next filmed frames.
    /// - Parameter numbers: ``FilmedFace/latentCount`` for each frame, all finite.
    public func append(latents numbers: UnsafeBufferPointer<Float>) throws(AvatarError) {
        precondition(numbers.count.isMultiple(of: FilmedFace.latentCount))
        if let bad = numbers.firstIndex(where: { !$0.isFinite }) {
            throw .media(
                file: latents.url.path, found: "\(numbers[bad]) in frame \(latentCount + bad / FilmedFace.latentCount)",
                expected: "finite numbers; the model that made them is damaged, or too large for its precision")
        }
        try latents.append(numbers.span.bytes)
    }

    /// Compresses the idle clip, writes poster and manifest, and gives the bundle its place.
    /// - Parameters:
    ///   - loop: in which order the frames are shown.
    ///   - model: what made the latents.
    ///   - progress: is told how many frames of the idle clip are compressed, and how many there will be.
    /// - Throws: ``AvatarError``, also where frames, regions and latents are not equally many.
    public func finish(
        loop: ClipLoop, model: FaceModel, progress: (Int, Int) -> Void = { _, _ in }
    ) async throws(AvatarError) {
        guard regions.count == frameCount, latentCount == frameCount else {
            throw .media(
                file: draft.folder.path,
                found: "\(frameCount) frames, \(regions.count) faces and \(latentCount) latents",
                expected: "a face and latents for each frame")
        }
        let header = AvatarManifest(format: 2, id: id, name: name, width: width, height: height, frames: frameCount)
        let face = FilmedManifest.Face(
            kind: Avatar.Kind.filmed.rawValue, model: model, boxes: regions.map(\.box),
            masks: .init(file: "masks.bin", areas: regions.map(\.maskArea), offsets: maskOffsets),
            latents: "latents.bin")
        var manifest = FilmedManifest(header: header, loop: loop, idleSizes: [], face: face)
        let clip = try FilmedClip(of: manifest, in: draft.folder)
        manifest.idle.sizes = try await compress(clip, of: manifest, progress)
        try writePoster(to: draft.folder.appending(path: manifest.poster))
        try write(manifest)
        for file in [frames, latents, masks] { try file.flush() }
        try draft.publish()
    }

    /// Leaves nothing of the bundle.
    public func discard() { draft.discard() }

    private func compress(
        _ clip: FilmedClip, of manifest: FilmedManifest, _ progress: (Int, Int) -> Void
    ) async throws(AvatarError) -> [Int] {
        let settings = IdleClip.settings(for: manifest.header)
        let stream = try GrowingFile(draft.folder.appending(path: manifest.idle.file), keepingWhole: nil)
        var sizes: [Int] = []
        try await IdleClip.encode(clip, settings) { run throws(AvatarError) in
            for frame in run {
                sizes.append(frame.data.count)
                try stream.append(frame.data.span.bytes)
            }
            progress(sizes.count, clip.count)
        }
        try stream.flush()
        return sizes
    }

    private func writePoster(to url: URL) throws(AvatarError) {
        let picture = PixelBuffer(width: width, height: height)
        try copyFrame(0, into: picture)
        do {
            try Data(PNG.encode(picture)).write(to: url)
        } catch let error as VideoFileError {
            throw .video("\(error)")
        } catch {
            throw .cannotWrite(file: url.path, reason: error.localizedDescription)
        }
    }

    /// Writes the manifest, if what it says can be read again.
    private func write(_ manifest: FilmedManifest) throws(AvatarError) {
        let url = draft.folder.appending(path: ManifestFile.name)
        try manifest.check(FieldCheck(file: url.path))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do {
            try encoder.encode(manifest).write(to: url)
        } catch {
            throw .cannotWrite(file: url.path, reason: error.localizedDescription)
        }
    }
}
