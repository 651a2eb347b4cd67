import AvatarPreparation
import Foundation
import MuseTalk
import TestSupport
import Testing
import Video

/// From a film to the numbers that MuseTalk's own code computes from it.
@Suite(.timeLimit(.minutes(10)), .enabled(if: Golden.exist && Studio.isOpen)) struct LatentParityTests {
    private static let box = PixelBox(left: 212, top: 168, right: 340, bottom: 318)

    /// The face in the first frames of the film, as the model sees it.
    private func faces(_ count: Int) throws -> [RGBImage] {
        let reader = try FootageReader(Recording.clip.url)
        var frame = [UInt8](repeating: 0, count: reader.width * reader.height * 3)
        return try (0..<count).map { _ in
            let isRead = try frame.withUnsafeMutableBufferPointer { try reader.read(rgb: $0) }
            #expect(isRead)
            let image = RGBImage(width: reader.width, height: reader.height, pixels: frame)
            return image.cut(Self.box).resizedByLanczos(width: FaceCrop.size, height: FaceCrop.size)
        }
    }

    @Test(arguments: [0, 7])
    func framesAreReadAsOpenCVReadsThem(index: Int) throws {
        let reader = try FootageReader(Recording.clip.url)
        #expect(try reader.skip(index) == index)
        var frame = [UInt8](repeating: 0, count: reader.width * reader.height * 3)
        let isRead = try frame.withUnsafeMutableBufferPointer { try reader.read(rgb: $0) }
        #expect(isRead)
        let official = try RGBAImage(contentsOf: Golden.url("frame_\(index).png"))
        let same = (0..<(reader.width * reader.height)).allSatisfy { pixel in
            frame[(3 * pixel)..<(3 * pixel + 3)] == official.pixels[(4 * pixel)..<(4 * pixel + 3)]
        }
        #expect(same)
    }

    @Test(arguments: [8, 3])
    func latentsEqualTheOfficialOnes(batchSize: Int) throws {
        let golden = try Golden.array("latents.npy", of: Float.self)
        let encoder = try LatentEncoder(
            MiniModel.folder.appending(path: "encoder.onnx").path, batchSize: batchSize)
        var largest: Float = 0
        let faces = try faces(8)
        for start in stride(from: 0, to: faces.count, by: batchSize) {
            let batch = Array(faces[start..<min(start + batchSize, faces.count)])
            try encoder.encode(batch) { latents in
                let official = batch.indices.flatMap { golden[start + $0] }
                #expect(latents.count == official.count)
                for (mine, theirs) in zip(latents, official) { largest = max(largest, abs(mine - theirs)) }
            }
        }
        #expect(largest <= 1e-3, "\(largest)")
    }
}

extension RGBImage {
    /// A part of the image.
    fileprivate func cut(_ box: PixelBox) -> RGBImage {
        let pixels = (box.top..<box.bottom).flatMap { row in
            Array(self.pixels[((row * width + box.left) * 3)...].prefix(box.width * 3))
        }
        return RGBImage(width: box.width, height: box.height, pixels: pixels)
    }
}
