import Foundation
import Video

/// The frames of a filmed avatar: raw I420 in one file that all sessions share through the page cache.
///
/// Decoded frames of two minutes at 1080p are 9 GB: too much to keep, and an utterance may start on any of them. One
/// copy of a frame is all that painting on it costs.
struct FilmedClip: ClipPictures {
    /// Frames in the file.
    let filmed: Int
    let loop: ClipLoop

    private let file: MappedFile
    private let frameSize: Int

    /// How far ahead pages are asked for: 160 ms, longer than a disk takes to seek and read.
    private static let prefetchedFrames = 4

    /// Bytes of a frame.
    static func frameSize(width: Int, height: Int) -> Int { width * height * 3 / 2 }

    /// Opens the file that `manifest` names.
    init(of manifest: FilmedManifest, in folder: URL) throws(AvatarError) {
        let header = manifest.header
        let url = folder.appending(path: manifest.clip)
        file = try MappedFile(url, purpose: "the frames that \"clip\" in avatar.json names")
        frameSize = Self.frameSize(width: header.width, height: header.height)
        filmed = header.frames
        loop = manifest.loop
        guard file.bytes.count == filmed * frameSize else {
            throw .media(
                file: url.path, found: "\(file.bytes.count) bytes",
                expected: "\(filmed * frameSize): \(filmed) frames of \(header.width)×\(header.height) in I420")
        }
    }

    var count: Int { loop.length(ofFilmed: filmed) }

    func copy(_ index: Int, into picture: PixelBuffer) {
        precondition(picture.bytes.count == frameSize)
        // The kernel reads ahead by itself, but only forward.
        file.prefetch(range(ofFilmed: loop.filmedFrame(at: index + Self.prefetchedFrames, of: filmed)))
        let frame = range(ofFilmed: loop.filmedFrame(at: index, of: filmed))
        UnsafeMutableRawBufferPointer(picture.bytes).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: file.bytes[frame]))
        // Or a server of a long film would seem to need gigabytes.
        file.release(frame)
    }

    private func range(ofFilmed frame: Int) -> Range<Int> { frame * frameSize..<(frame + 1) * frameSize }
}
