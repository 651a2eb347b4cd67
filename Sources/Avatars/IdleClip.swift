import Foundation
import Video

/// The idle clip, compressed: what every client plays while nobody speaks.
enum IdleClip {
    /// How it is compressed: once, for everybody.
    static func settings(for avatar: AvatarManifest) -> H264Settings {
        H264Settings(width: avatar.width, height: avatar.height, fps: avatar.fps, quality: 18, effort: .once)
    }

    /// Compresses `clip`, with a keyframe every ``Avatar/idleKeyframeInterval`` frames.
    ///
    /// Each run from keyframe to keyframe is compressed by an encoder of its own, side by side.
    /// - Parameter body: is given the frames in order, one run after the other.
    static func encode(
        _ clip: some ClipPictures, _ settings: H264Settings, _ body: ([EncodedFrame]) throws(AvatarError) -> Void
    ) async throws(AvatarError) {
        let interval = Avatar.idleKeyframeInterval
        let starts = Array(stride(from: 0, to: clip.count, by: interval))
        // As many runs at a time as there are cores: what is compressed waits for its turn in memory.
        let width = max(1, ProcessInfo.processInfo.activeProcessorCount)
        for first in stride(from: 0, to: starts.count, by: width) {
            var runs: [Int: [EncodedFrame]] = [:]
            let batch = starts[first..<min(first + width, starts.count)]
            do {
                try await withThrowingTaskGroup(of: (Int, [EncodedFrame]).self) { group in
                    for start in batch {
                        group.addTask {
                            let picture = PixelBuffer(width: settings.width, height: settings.height)
                            let encoder = try H264Encoder(settings)
                            return (
                                start,
                                try (start..<min(start + interval, clip.count)).map { index in
                                    try Task.checkCancellation()
                                    clip.copy(index, into: picture)
                                    return try encoder.encode(picture)
                                }
                            )
                        }
                    }
                    for try await (start, run) in group { runs[start] = run }
                }
            } catch {
                throw .video("\(error)")
            }
            for start in batch { try body(runs[start] ?? []) }
        }
    }

    /// Compresses all of `clip`, and keeps it.
    static func encode(
        _ clip: some ClipPictures, _ settings: H264Settings
    ) async throws(AvatarError) -> [EncodedFrame] {
        var frames: [EncodedFrame] = []
        try await encode(clip, settings) { run throws(AvatarError) in frames += run }
        return frames
    }

    /// Reads a clip that was compressed before.
    /// - Parameter first: how many of its frames are wanted; all without it.
    static func read(
        _ manifest: FilmedManifest, in folder: URL, first: Int? = nil
    ) throws(AvatarError) -> [EncodedFrame] {
        let file = folder.appending(path: manifest.idle.file)
        let stream = try MappedFile(file, purpose: "the idle clip that \"idle.file\" in avatar.json names")
        let size = manifest.idle.sizes.reduce(0, +)
        guard stream.bytes.count == size else {
            throw .media(
                file: file.path, found: "\(stream.bytes.count) bytes",
                expected: "\(size), as \"idle.sizes\" in avatar.json says")
        }
        var start = 0
        return manifest.idle.sizes.prefix(first ?? .max).enumerated().map { index, size in
            defer { start += size }
            return EncodedFrame(
                data: Array(stream.bytes[start..<(start + size)]),
                isKeyframe: index.isMultiple(of: Avatar.idleKeyframeInterval))
        }
    }
}
