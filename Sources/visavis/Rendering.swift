import Avatars
import Foundation
import LipSync
import Video

/// A film in the making: speech goes in, an MP4 comes out.
///
/// Painting and compressing a second of pictures goes on while the second before is written, its sound compressed.
/// A film that is dropped after ``abandon()`` leaves no file.
final class Rendering {
    private let video: UtteranceVideo
    private let film: Film
    private let onFrame: (Int) -> Void
    /// What is to be written, up to a second of it.
    private var frames: [EncodedFrame] = []
    private var speech = SpeechBacklog()
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
        self.speech.append(speech)
        await video.append(speech)
        try await makeFrames()
    }

    /// Completes the film.
    /// - Returns: its length in frames, and in samples.
    func finish() async throws -> (frames: Int, samples: Int) {
        await video.finish()
        try await makeFrames()
        try await write(speech.takeRest())
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
            frames.append(frame.encoded)
            frameCount += 1
            onFrame(frameCount)
            if frames.count == FrameTiming.fps { try await write(speech.take(frames: frames.count)) }
        }
    }

    /// Hands over the frames and what is heard with them. At most one second waits, however slow the disk is.
    private func write(_ speech: [Int16]) async throws {
        try await writing?.value
        let full = frames
        frames = []
        writing = Task { [film] in
            for frame in full { try await film.append(frame) }
            try await film.append(speech)
        }
    }
}

/// Speech whose frames are not made yet: of an engine that wants to hear all of it first, a whole film's.
private struct SpeechBacklog {
    private var samples: [Int16] = []
    private var taken = 0

    mutating func append(_ speech: [Int16]) { samples += speech }

    /// What is heard during the next frames.
    mutating func take(frames: Int) -> [Int16] {
        take(samples: min(frames * FrameTiming.samplesPerFrame, samples.count - taken))
    }

    mutating func takeRest() -> [Int16] { take(samples: samples.count - taken) }

    private mutating func take(samples count: Int) -> [Int16] {
        let part = Array(samples[taken..<(taken + count)])
        taken += count
        // Moved rarely, so that each sample is moved about once.
        if taken > samples.count / 2 {
            samples.removeFirst(taken)
            taken = 0
        }
        return part
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
