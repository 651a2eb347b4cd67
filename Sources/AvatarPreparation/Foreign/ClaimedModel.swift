public import Avatars
public import Foundation
public import Inference
import MuseTalk
import Video

/// The model that somebody says a prepared avatar was made with. Its folder does not say; its latents do.
public struct ClaimedModel: Sendable {
    /// The weights.
    public var model: FaceModel
    /// Their graph: pictures of faces to latents.
    public var encoder: URL
    /// Where the graph runs.
    public var device: InferenceDevice

    /// Puts the parts together.
    public init(_ model: FaceModel, encoder: URL, device: InferenceDevice = .cpu) {
        self.model = model
        self.encoder = encoder
        self.device = device
    }

    /// The least cosine between latents of the same weights. MuseTalk samples them, at half precision, and so
    /// comes near to 1; those of other weights have nothing in common.
    static let leastSimilarity = 0.9
}

extension MuseTalkFolder {
    /// Holds the latents of the first frame against what the claimed model makes of its picture.
    /// - Throws: ``MuseTalkFolderError/otherModel(file:found:expected:)``, or `InferenceError`.
    func check(_ claim: ClaimedModel) throws {
        guard claim.model.version == version else {
            throw MuseTalkFolderError.otherModel(
                file: url.path, found: "prepared for MuseTalk \(version)",
                expected: "MuseTalk \(claim.model.version), the version of the model that was named")
        }
        let stored = try latents(ofFrame: 0)
        var made: [Float] = []
        try LatentEncoder(claim.encoder.path, device: claim.device, batchSize: 1).encode([firstFace()]) {
            made = Array($0)
        }
        let similarity = Self.cosine(stored, made)
        guard similarity >= ClaimedModel.leastSimilarity else {
            throw MuseTalkFolderError.otherModel(
                file: latentsFile.path,
                found: "not what the model makes of the first frame (cosine \((similarity * 1_000).rounded() / 1_000))",
                expected: """
                    at least \(ClaimedModel.leastSimilarity); name the model that prepared the avatar, or leave --model \
                    out if you are sure
                    """)
        }
    }

    /// The first frame's face as the model sees it.
    private func firstFace() throws(MuseTalkFolderError) -> RGBImage {
        let image: RGBAImage
        do {
            image = try RGBAImage(contentsOf: frames[0])
        } catch {
            throw .picture(error)
        }
        let box = boxes[0]
        guard box.width > 0, box.height > 0,
            PixelBox(left: 0, top: 0, right: image.width, bottom: image.height).contains(box)
        else {
            throw .frame(
                file: url.appending(path: "coords.pkl").path, index: 0, found: "the face box \(box)",
                expected: "one inside the picture of \(image.width)×\(image.height)")
        }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(box.width * box.height * 3)
        for y in box.top..<box.bottom {
            for x in box.left..<box.right {
                let start = (y * image.width + x) * 4
                pixels += image.pixels[start..<(start + 3)]
            }
        }
        return RGBImage(width: box.width, height: box.height, pixels: pixels)
            .resizedByLanczos(width: FaceCrop.size, height: FaceCrop.size)
    }

    private static func cosine(_ first: [Float], _ second: [Float]) -> Double {
        var (product, firstSquare, secondSquare) = (0.0, 0.0, 0.0)
        for (a, b) in zip(first, second) {
            product += Double(a) * Double(b)
            firstSquare += Double(a) * Double(a)
            secondSquare += Double(b) * Double(b)
        }
        return product / max((firstSquare * secondSquare).squareRoot(), .leastNonzeroMagnitude)
    }
}
