import Avatars
public import Foundation
import Video

/// An avatar as MuseTalk's `realtime_inference` (`results/v15/avatars/NAME`) or LiveTalking (`data/avatars/NAME`) has
/// prepared it: `full_imgs/`, `mask/`, `coords.pkl`, `mask_coords.pkl`, `latents.pt` and `avator_info.json`.
///
/// MuseTalk stores everything twice, forward and then backward; LiveTalking stores it once, and turns around while it
/// plays. Either way ``frameCount`` frames were filmed, and they are shown there and back.
public struct MuseTalkFolder: Sendable {
    /// Where it lies.
    public let url: URL
    /// What the avatar was called there.
    public let name: String
    /// The model that it was prepared for: `1.5` or `1.0`.
    public let version: String
    /// Frames that were filmed.
    public let frameCount: Int

    /// The frames' pictures.
    let frames: [URL]
    /// The masks' pictures.
    let masks: [URL]
    /// Where the face is in each frame; not yet checked against the pictures.
    let boxes: [PixelBox]
    /// What the mask of each frame covers; not yet checked either.
    let crops: [PixelBox]
    /// The latents' file.
    let latentsFile: URL

    private let tensors: [TorchTensor]

    /// Reads all of a folder but the pictures, and checks that it belongs together.
    /// - Throws: ``MuseTalkFolderError``.
    public init(_ url: URL) throws(MuseTalkFolderError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw .noFolder(url.path)
        }
        let info = try MuseTalkInfo(contentsOf: url.appending(path: "avator_info.json"))
        let frames = try NumberedPictures(in: url.appending(path: "full_imgs"), purpose: "the frames' pictures").files
        let masks = try NumberedPictures(in: url.appending(path: "mask"), purpose: "the masks' pictures").files
        let boxes = try Self.boxes(in: url.appending(path: "coords.pkl"), purpose: "where the face is")
        let crops = try Self.boxes(in: url.appending(path: "mask_coords.pkl"), purpose: "where the masks are")
        latentsFile = url.appending(path: "latents.pt")
        tensors = try Self.latents(in: latentsFile)
        let counts = [frames.count, masks.count, boxes.count, crops.count, tensors.count]
        guard Set(counts).count == 1, !frames.isEmpty else {
            throw .counts(
                folder: url.path,
                found: """
                    \(counts[0]) pictures in full_imgs, \(counts[1]) in mask, \(counts[2]) boxes in coords.pkl, \
                    \(counts[3]) in mask_coords.pkl and \(counts[4]) latents
                    """,
                expected: """
                    equally many. The preparation was interrupted, or files of another one lie there: remove the folder \
                    and prepare the avatar again
                    """)
        }
        self.url = url
        name = info.avatar ?? url.lastPathComponent
        version = info.modelVersion ?? "1.5"
        self.frames = frames
        self.masks = masks
        self.boxes = boxes
        self.crops = crops
        let isThereAndBack = Self.isThereAndBack(boxes: boxes, crops: crops, tensors: tensors, frames: frames)
        frameCount = isThereAndBack ? frames.count / 2 : frames.count
        guard frameCount <= FilmedBundleWriter.mostFrames else {
            throw .counts(
                folder: url.path, found: "\(frameCount) frames",
                expected: "at most \(FilmedBundleWriter.mostFrames), which are ten minutes")
        }
    }

    /// The latents of a frame, 8×32×32 numbers.
    /// - Throws: ``MuseTalkFolderError``.
    func latents(ofFrame index: Int) throws(MuseTalkFolderError) -> [Float] {
        guard let numbers = tensors[index].floats() else {
            throw .frame(
                file: latentsFile.path, index: index, found: "whole numbers",
                expected: "numbers of 16 or 32 bits with a fraction")
        }
        guard numbers.allSatisfy(\.isFinite) else {
            throw .frame(
                file: latentsFile.path, index: index, found: "a number that is infinite or none at all",
                expected: "finite ones; prepare the avatar again, at full precision if it happens again")
        }
        return numbers
    }

    private static func boxes(in url: URL, purpose: String) throws(MuseTalkFolderError) -> [PixelBox] {
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
            throw .missing(file: url.path, purpose: purpose)
        }
        do {
            let pickle = try Pickle([UInt8](data.prefix(Pickle.mostBytes + 1)))
            let items = try pickle.items(pickle.root, at: "", expected: "a list of boxes")
            var boxes: [PixelBox] = []
            for (index, item) in items.enumerated() {
                let edges = try pickle.wholeNumbers(
                    4, item, at: "[\(index)]", expected: "[left, top, right, bottom] in whole pixels")
                boxes.append(PixelBox(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3]))
            }
            return boxes
        } catch {
            throw .pickle(file: url.path, error)
        }
    }

    private static func latents(in url: URL) throws(MuseTalkFolderError) -> [TorchTensor] {
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
            throw .missing(file: url.path, purpose: "the latents of each frame")
        }
        do {
            return try TorchFile(data).tensors(shape: [1, 8, 32, 32])
        } catch {
            throw .latents(file: url.path, error)
        }
    }

    /// True if the second half is the first one backward, so that one half is all there is.
    private static func isThereAndBack(
        boxes: [PixelBox], crops: [PixelBox], tensors: [TorchTensor], frames: [URL]
    ) -> Bool {
        guard frames.count.isMultiple(of: 2) else { return false }
        let pairs = (0..<frames.count / 2).map { ($0, frames.count - 1 - $0) }
        return pairs.allSatisfy { boxes[$0] == boxes[$1] && crops[$0] == crops[$1] }
            && pairs.allSatisfy { tensors[$0].floats() == tensors[$1].floats() }
            // A face that stands still, in a room that does not, has the same box and latents in every frame.
            && pairs.allSatisfy { FileManager.default.contentsEqual(atPath: frames[$0].path, andPath: frames[$1].path) }
    }
}
