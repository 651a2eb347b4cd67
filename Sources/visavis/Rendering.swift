import Avatars
import Foundation
import LipSync
import Video

/// A film in the making: speech goes in, an MP4 comes out.
///
/// Painting and compressing a second of pictures goes on while the second before is written, its sound compressed.
/// A film that is dropped after ``abandon()`` leaves no file.
final class Rendering {
    /// What is written together, one second.
    private struct Batch: Sendable {
        var frames: [EncodedFrame] = []
        var speech: [Int16] = []
    }

    private let video: UtteranceVideo
    private let film: Film
    private let onFrame: (Int) -> Void
    private var batch = Batch()
    private var writing: Task<Void, any Error>?
    private var frameCount = 0
    private var sampleCount = 0

    /// - Parameters:
    ///   - output: where the film will be.
    ///   - onFrame: is told how many frames there are, after each.
    /// - Throws: ``Video/MovieError``, and what the performer throws.
    init(by performer: Performer, to output: URL, onFrame: @escaping (Int) -> Void = { _ in }) throws {
        film = Film(try MovieWriter(output, performer.avatar.encoding))
        video = try performer.startUtterance(atBaseFrame: 0)
        self.onFrame = onFrame
    }

    /// Appends the next piece of speech.
    func append(_ speech: [Int16]) async throws {
        sampleCount += speech.count
        batch.speech += speech
        await video.append(speech)
        try await makeFrames()
    }

    /// Completes the film.
    /// - Returns: its length in frames, and in samples.
    func finish() async throws -> (frames: Int, samples: Int) {
        await video.finish()
        try await makeFrames()
        try await write()
        try await writing?.value
        try await film.finish()
        return (frameCount, sampleCount)
    }

    /// Waits for what is being written, so that nothing refers to the unfinished film but this.
    func abandon() async {
        await video.cancel()
        _ = await writing?.result
    }

    private func makeFrames() async throws {
        while let frame = try await video.nextFrame() {
            try Task.checkCancellation()
            batch.frames.append(frame.encoded)
            frameCount += 1
            onFrame(frameCount)
            if batch.frames.count == FrameTiming.fps { try await write() }
        }
    }

    /// Hands the batch over. At most one batch waits, however slow the disk is.
    private func write() async throws {
        try await writing?.value
        let full = batch
        batch = Batch()
        writing = Task { [film] in
            for frame in full.frames { try await film.append(frame) }
            try await film.append(full.speech)
        }
    }
}

/// A ``MovieWriter`` that works beside whoever fills it.
private actor Film {
    private let writer: MovieWriter

    init(_ writer: sending MovieWriter) { self.writer = writer }

    func append(_ frame: EncodedFrame) throws { try writer.append(frame) }

    func append(_ speech: [Int16]) throws { try writer.append(speech) }

    func finish() throws { try writer.finish() }
}
