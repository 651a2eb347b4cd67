public import Foundation
public import Video

/// A face in a film of a real person: where it is in each filmed frame, how far a repainted one is seen there, and the
/// latents from which a model repaints it.
///
/// Its arrays go by filmed frame, not by shown frame; ``filmedFrame(atBaseFrame:)`` leads from one to the other.
public final class FilmedFace: Sendable {
    /// Where the face is in one filmed frame.
    public struct Region: Sendable, Hashable {
        /// What the model repaints: its 256×256 pixels are scaled to this. Inside the picture.
        public var box: PixelBox
        /// What of the picture the mask covers, and painting changes. Edges are even; empty if nothing shows.
        public var maskArea: PixelBox

        /// Puts the parts together.
        public init(box: PixelBox, maskArea: PixelBox) {
            self.box = box
            self.maskArea = maskArea
        }
    }

    /// No other face has it, not even the same one that is loaded once more.
    public let id = UUID()
    /// The weights that it was prepared for.
    public let model: FaceModel
    /// In which order the filmed frames are shown.
    public let loop: ClipLoop
    /// Where the face is, for each filmed frame.
    public let regions: [Region]
    /// The latents' file: for each filmed frame 8×32×32 numbers, `float32`, little-endian: the masked half, then the
    /// reference half, both times 0.18215.
    public let latentsFile: URL

    private let masks: MappedFile
    private let maskOffsets: [Int]
    private let latents: MappedFile

    /// Numbers in a frame's latents: 8×32×32.
    public static let latentCount = FilmedManifest.latentSize / MemoryLayout<Float>.size

    /// Opens the files that `manifest` names, and checks their sizes.
    init(_ manifest: FilmedManifest, in folder: URL) throws(AvatarError) {
        let face = manifest.face
        model = face.model
        loop = manifest.loop
        regions = zip(face.boxes, face.masks.areas).map { Region(box: $0, maskArea: $1) }
        maskOffsets = face.masks.offsets
        let masksFile = folder.appending(path: face.masks.file)
        masks = try MappedFile(masksFile, purpose: "the masks that \"face.masks\" in avatar.json names")
        latentsFile = folder.appending(path: face.latents)
        latents = try MappedFile(latentsFile, purpose: "the latents that \"face.latents\" in avatar.json names")
        let end = zip(maskOffsets, face.masks.areas).map { $0 + $1.width * $1.height }.max() ?? 0
        guard masks.bytes.count >= end else {
            throw .media(
                file: masksFile.path, found: "\(masks.bytes.count) bytes",
                expected: "\(end), as \"face.masks\" in avatar.json says")
        }
        let wanted = manifest.header.frames * FilmedManifest.latentSize
        guard latents.bytes.count == wanted else {
            throw .media(
                file: latentsFile.path, found: "\(latents.bytes.count) bytes",
                expected: "\(wanted): 8×32×32 numbers of 4 bytes for each of \(manifest.header.frames) frames")
        }
    }

    /// Filmed frames.
    public var frameCount: Int { regions.count }

    /// The filmed frame that is shown as the clip's frame `index`.
    /// - Parameter index: 0 or more; the clip loops.
    public func filmedFrame(atBaseFrame index: Int) -> Int { loop.filmedFrame(at: index, of: regions.count) }

    /// Lends the mask of a filmed frame: a byte a pixel of its area, rows packed; 255 shows the repainted face alone.
    ///
    /// It lies in the mapped file, ready to be painted through.
    public func withMask<Result, Failure: Error>(
        ofFilmedFrame index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let area = regions[index].maskArea
        let start = maskOffsets[index]
        let mask = UnsafeRawBufferPointer(rebasing: masks.bytes[start..<(start + area.width * area.height)])
        return try body(mask.assumingMemoryBound(to: UInt8.self))
    }

    /// Lends the latents of all filmed frames, ``latentCount`` numbers each.
    public func withLatents<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(latents.bytes.assumingMemoryBound(to: Float.self))
    }
}
