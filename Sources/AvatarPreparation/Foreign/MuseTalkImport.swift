import Avatars
public import Foundation
import MuseTalk
import Video

/// Makes a bundle of an avatar that MuseTalk or LiveTalking has prepared: the same frames, masks and latents.
public struct MuseTalkImport: Sendable {
    /// What is taken over.
    public let source: MuseTalkFolder

    /// What it was made with; nil if nobody says.
    public let claim: ClaimedModel?

    /// Prepares the import of `source`.
    /// - Parameter claim: the model that prepared it, if that is known: the latents are held against it, and the
    ///   avatar is bound to its weights.
    public init(_ source: MuseTalkFolder, preparedWith claim: ClaimedModel? = nil) {
        self.source = source
        self.claim = claim
    }

    /// Writes the bundle.
    ///
    /// It appears when it is whole; after an error, or when the task is cancelled, nothing of it is left.
    /// - Parameters:
    ///   - target: the bundle's folder.
    ///   - id: letters, digits, - and _.
    ///   - name: as people see it.
    ///   - replaces: whether a bundle that is there is replaced.
    ///   - progress: is told how much is done, and how much there is to do.
    /// - Throws: ``MuseTalkFolderError``, `AvatarError`, `InferenceError`, `CancellationError`.
    @concurrent
    public func write(
        to target: URL, id: String, name: String, replaces: Bool = false,
        progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws {
        if let claim { try source.check(claim) }
        let first = try open(0)
        let writer = try FilmedBundleWriter(
            target, id: id, name: name, width: first.width, height: first.height, replaces: replaces)
        do {
            let shown = ClipLoop.thereAndBack.length(ofFilmed: source.frameCount)
            let picture = PixelBuffer(width: first.width, height: first.height)
            for index in 0..<source.frameCount {
                try Task.checkCancellation()
                try append(index, to: writer, through: picture)
                progress(index + 1, source.frameCount + shown)
            }
            try ContactSheet.write(of: writer) { _ in nil }
            try await writer.finish(
                loop: .thereAndBack, model: claim?.model ?? FaceModel(version: source.version, fingerprint: nil)
            ) { done, _ in
                progress(source.frameCount + done, source.frameCount + shown)
            }
        } catch {
            writer.discard()
            try Task.checkCancellation()
            throw error
        }
    }

    private func append(_ index: Int, to writer: FilmedBundleWriter, through picture: PixelBuffer) throws {
        let reader = try open(index)
        let file = source.frames[index].path
        guard reader.width == picture.width, reader.height == picture.height else {
            throw MuseTalkFolderError.frame(
                file: file, index: index, found: "a picture of \(reader.width)×\(reader.height)",
                expected: "\(picture.width)×\(picture.height), as the first one")
        }
        do {
            _ = try reader.read(into: picture)
        } catch {
            throw MuseTalkFolderError.picture(error)
        }
        let box = try box(index, in: picture)
        let mask = try mask(index, for: box, in: picture)
        try writer.append(picture)
        try writer.append(FilmedFace.Region(box: box, maskArea: mask.area), mask: mask.alpha)
        try source.latents(ofFrame: index).withUnsafeBufferPointer { try writer.append(latents: $0) }
    }

    private func open(_ index: Int) throws(MuseTalkFolderError) -> VideoFileReader {
        do {
            return try VideoFileReader(source.frames[index])
        } catch {
            throw .picture(error)
        }
    }

    /// Where the face is, after a check that it is in the picture.
    private func box(_ index: Int, in picture: PixelBuffer) throws(MuseTalkFolderError) -> PixelBox {
        var box = source.boxes[index]
        let file = source.url.appending(path: "coords.pkl").path
        guard box != PixelBox(left: 0, top: 0, right: 0, bottom: 0) else {
            throw .frame(
                file: file, index: index, found: "no face",
                expected: "one in every frame; leave frames without a face out of the video, and prepare it again")
        }
        // Of a picture with an odd size the last column or row is not shown; a box may have ended there.
        if box.right == picture.width + 1 { box.right = picture.width }
        if box.bottom == picture.height + 1 { box.bottom = picture.height }
        let whole = PixelBox(left: 0, top: 0, right: picture.width, bottom: picture.height)
        guard box.width >= 8, box.height >= 8, whole.contains(box) else {
            throw .frame(
                file: file, index: index, found: "the face box \(source.boxes[index])",
                expected: """
                    [left, top, right, bottom] inside the picture of \(picture.width)×\(picture.height), 8 pixels or \
                    more; leave frames in which the face leaves the picture out of the video, and prepare it again
                    """)
        }
        return box
    }

    /// What of the mask is painted.
    private func mask(
        _ index: Int, for box: PixelBox, in picture: PixelBuffer
    ) throws(MuseTalkFolderError) -> BlendMask {
        let crop = source.crops[index]
        guard crop.contains(box) else {
            throw .frame(
                file: source.url.appending(path: "mask_coords.pkl").path, index: index,
                found: "the crop box \(crop)", expected: "one around the face box \(box)")
        }
        let file = source.masks[index]
        let image: GrayImage
        do {
            image = try GrayImage(contentsOf: file)
        } catch {
            throw .picture(error)
        }
        guard image.width == crop.width, image.height == crop.height else {
            throw .frame(
                file: file.path, index: index, found: "a mask of \(image.width)×\(image.height)",
                expected: "\(crop.width)×\(crop.height), the size of its box in mask_coords.pkl")
        }
        return BlendMask(
            CropMask(image: image, crop: crop), face: box, frameWidth: picture.width, frameHeight: picture.height)
    }
}
