import Avatars
import Foundation
import MuseTalk
import TestSupport
import Video

/// A folder as MuseTalk's `realtime_inference` leaves it, of small pictures: a gray that grows brighter, and a mask
/// and latents that differ from frame to frame.
struct PreparedFolder {
    var width = 64
    var height = 48
    /// Frames that were filmed.
    var filmed = 3
    /// Whether everything is there twice, forward and backward, as MuseTalk stores it.
    var isDoubled = true
    var version: String? = "v15"
    var shape = [1, 8, 32, 32]
    var storage = "FloatStorage"
    /// What is changed after all that.
    var box: (_ index: Int) -> PickleWriter = { Self.list(Self.box($0)) }
    var crop: (_ index: Int) -> PickleWriter = { Self.list(Self.crop($0)) }

    static func box(_ index: Int) -> PixelBox { PixelBox(left: 10 + index, top: 8, right: 30 + index, bottom: 36) }

    static func crop(_ index: Int) -> PixelBox { PixelBox(left: -1 + index, top: 1, right: 41 + index, bottom: 43) }

    static func list(_ box: PixelBox) -> PickleWriter {
        .list([box.left, box.top, box.right, box.bottom].map(PickleWriter.integer))
    }

    static func mask(_ index: Int) -> [UInt8] { (0..<42 * 42).map { UInt8(truncatingIfNeeded: $0 * (index + 1)) } }

    /// What of the mask is painted.
    static func blendMask(_ index: Int) -> BlendMask {
        let image = GrayImage(width: 42, height: 42, pixels: mask(index))
        return BlendMask(
            CropMask(image: image, crop: crop(index)), face: box(index), frameWidth: 64, frameHeight: 48)
    }

    static func latents(_ index: Int) -> [Float] {
        (0..<FilmedFace.latentCount).map { Float(index) - Float($0) / 8192 }
    }

    /// The filmed frame behind each stored one.
    private var order: [Int] { Array(0..<filmed) + (isDoubled ? (0..<filmed).reversed() : []) }

    /// Writes it.
    func write() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let info = ["\"avatar_id\": \"anna\"", version.map { "\"version\": \"\($0)\"" }].compactMap(\.self)
        try folder.file("avator_info.json", "{\(info.joined(separator: ", "))}".utf8)
        for (position, index) in order.enumerated() {
            let name = String(repeating: "0", count: 8 - "\(position)".count) + "\(position).png"
            try folder.file("full_imgs/\(name)", PNG.encode(RGBAImage(gray: index * 20 + 100, width, height)))
            try folder.file("mask/\(name)", PNG.encode(RGBAImage(gray: Self.mask(index), width: 42)))
        }
        try folder.file("coords.pkl", PickleWriter.list(order.map(box)).pickle)
        try folder.file("mask_coords.pkl", PickleWriter.list(order.map(crop)).pickle)
        try folder.file("latents.pt", latents())
        return folder
    }

    /// `latents.pt`.
    /// - Parameter latents: those of a filmed frame.
    func latents(_ latents: (_ index: Int) -> [Float] = Self.latents) -> [UInt8] {
        let strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
        let tensors = order.map { index in
            PickleWriter.call(
                "torch._utils", "_rebuild_tensor_v2",
                [
                    .persistent(
                        .tuple([
                            .text("storage"), .global("torch", storage), .text("\(index)"), .text("cuda:0"),
                            .integer(8192),
                        ])), .integer(0), .tuple(shape.map(PickleWriter.integer)),
                    .tuple(strides.map(PickleWriter.integer)), .no,
                ])
        }
        let storages = (0..<filmed).map { index in
            ("latents/data/\(index)", latents(index).withUnsafeBytes { Array($0) })
        }
        return StoredZipWriter.archive(
            [("latents/data.pkl", PickleWriter.list(tensors).pickle), ("latents/byteorder", Array("little".utf8))]
                + storages)
    }
}

extension RGBAImage {
    /// A picture of one brightness.
    init(gray: Int, _ width: Int, _ height: Int) {
        self.init(gray: [UInt8](repeating: UInt8(gray), count: width * height), width: width)
    }

    /// A picture without colours.
    init(gray: [UInt8], width: Int) {
        self.init(width: width, height: gray.count / width, pixels: gray.flatMap { [$0, $0, $0, 255] })
    }
}
