import Avatars
import Realtime
import Video

extension StoredFile {
    /// A clip that loops as clients fetch it: each frame a binary message of kind 3 behind its length.
    init(clip frames: [EncodedFrame], fps: Int) {
        var clip: [UInt8] = []
        for (index, frame) in frames.enumerated() {
            let header = BinaryMessage(
                kind: .idleVideo, isKeyframe: frame.isKeyframe, index: UInt32(index), baseFrame: UInt32(index),
                ptsMicroseconds: UInt64(index * 1_000_000 / fps))
            let message = frame.data.withUnsafeBytes { header.encoded(with: $0) }
            withUnsafeBytes(of: UInt32(message.count).littleEndian) { clip += $0 }
            clip += message
        }
        self.init(clip, contentType: "application/octet-stream")
    }
}
