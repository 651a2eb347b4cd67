import Avatars
import Video

/// Lays an avatar's repainted face into its frames, all of it or a part while it fades.
final class MuseTalkBrush {
    private let brush: FaceBrush
    /// A mask while the face fades.
    private var fadedMask: [UInt8]

    init(for avatar: Avatar, face: FilmedFace) {
        brush = FaceBrush(frameWidth: avatar.width, frameHeight: avatar.height)
        let largest = face.regions.map { $0.maskArea.width * $0.maskArea.height }.max() ?? 0
        fadedMask = [UInt8](repeating: 0, count: largest)
    }

    /// Paints one face. It allocates nothing.
    /// - Parameters:
    ///   - image: 256×256 pixels of red, green, blue.
    ///   - opacity: how much of it shows where the mask shows all, in 1/256.
    ///   - picture: the filmed frame.
    func paint(
        _ image: UnsafeBufferPointer<UInt8>, onFilmedFrame frame: Int, of face: FilmedFace, opacity: Int,
        into picture: PixelBuffer
    ) {
        let region = face.regions[frame]
        guard region.maskArea.width > 0, region.maskArea.height > 0 else { return }
        face.withMask(ofFilmedFrame: frame) { mask in
            guard opacity < 256 else {
                brush.paint(image, in: region.box, through: mask, of: region.maskArea, onto: picture)
                return
            }
            fadedMask.withUnsafeMutableBufferPointer { faded in
                for index in mask.indices { faded[index] = UInt8((Int(mask[index]) * opacity) >> 8) }
                let part = UnsafeBufferPointer(rebasing: faded[..<mask.count])
                brush.paint(image, in: region.box, through: part, of: region.maskArea, onto: picture)
            }
        }
    }
}
