public import Avatars
public import Foundation
public import Realtime
public import Video

/// Films a session: what its user sees and hears, and says.
///
/// The film grows under its own name, in fragments: whatever happens leaves one that plays up to two or three seconds
/// before.
public actor FilmRecorder {
    /// How far it has got.
    public enum State: Sendable, Equatable {
        /// It films.
        case recording
        /// The film is complete.
        case finished
        /// It had to stop for this reason; what was filmed until then is there.
        case failed(String)
    }

    /// Where the film is.
    public nonisolated let file: URL
    /// How far it has got.
    public private(set) var state = State.recording

    /// What may wait to be written: half a minute of sound and picture.
    private static let backlog = 4096
    /// How often the film grows where nothing happens.
    private static let interval = Duration.seconds(1)

    private let session: RealtimeSession
    private let events: AsyncStream<FilmWitness.Sight>.Continuation
    private let filming: Task<State, Never>
    private let ticking: Task<Void, Never>

    /// Begins to film.
    /// - Parameters:
    ///   - witness: has looked on since the session began; films for one at a time.
    ///   - avatar: whom the session shows.
    ///   - poses: loads the clips that the avatar has besides. What happens meanwhile waits.
    ///   - file: what is there is replaced; the folder is made.
    /// - Throws: if the folder cannot be made.
    public init(
        of session: RealtimeSession, seenBy witness: FilmWitness, showing avatar: Avatar,
        poses: @escaping @Sendable () async -> [AvatarPose: [EncodedFrame]], in file: URL
    ) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let (stream, events) = AsyncStream.makeStream(
            of: FilmWitness.Sight.self, bufferingPolicy: .bufferingOldest(Self.backlog))
        self.file = file
        self.session = session
        self.events = events
        let (past, start) = (witness.begin(events), session.now)
        filming = Task {
            await Self.film(stream, in: file) {
                try await Film(of: avatar, poses: poses(), in: file, from: start, after: past)
            }
        }
        ticking = Task {
            while (try? await Task.sleep(for: Self.interval)) != nil { events.yield((nil, session.now)) }
        }
        Task { [weak self, filming] in
            let state = await filming.value
            await self?.end(state)
        }
    }

    /// Completes the film, where it is not complete yet.
    public func stop() async {
        ticking.cancel()
        events.yield((nil, session.now))
        events.finish()
        end(await filming.value)
    }

    private func end(_ state: State) {
        ticking.cancel()
        self.state = state
    }

    @concurrent
    private static func film(
        _ sights: AsyncStream<FilmWitness.Sight>, in file: URL, _ begin: @Sendable () async throws -> Film
    ) async -> State {
        do {
            let film = try await begin()
            for await (event, instant) in sights {
                if let event { film.see(event, at: instant) }
                try film.write(until: instant - FilmTimeline.patience)
                film.end = max(film.end, instant)
                if case .ended = event { break }
            }
            try film.finish()
            return .finished
        } catch {
            return .failed("\(error)")
        }
    }
}

/// The film as it is written, by one task alone.
private final class Film {
    /// Up to when it goes.
    var end: Duration
    /// So many slots lie before its beginning.
    private var lead: Int
    private var timeline: FilmTimeline
    private let pictures: FilmPictures
    private let writer: MovieWriter

    /// - Parameters:
    ///   - start: when it begins.
    ///   - past: what happened before. It is decoded, but not part of the film.
    init(
        of avatar: Avatar, poses: [AvatarPose: [EncodedFrame]], in file: URL, from start: Duration, after past: FilmPast
    ) throws {
        end = start
        lead = past.start.map { Int((start - $0) / .milliseconds(40)) + 1 } ?? 0
        timeline = FilmTimeline(
            origin: start - .milliseconds(40) * lead, idleFrames: avatar.frameCount, poses: poses.mapValues(\.count))
        pictures = try FilmPictures(avatar, poses: poses)
        writer = try MovieWriter(file, avatar.encoding, isGrowing: true)
        for (event, instant) in past.sights { timeline.see(event, at: instant) }
    }

    func see(_ event: SessionEvent, at instant: Duration) {
        timeline.see(event, at: instant)
    }

    func write(until instant: Duration) throws {
        for slot in timeline.slots(until: instant) {
            let frame = try pictures.frame(for: slot)
            guard lead == 0 else {
                lead -= 1
                if lead == 0 { pictures.begin() }
                continue
            }
            if let frame {
                try writer.append(frame)
            } else {
                writer.holdFrame()
            }
            try writer.append(slot.sound)
        }
    }

    func finish() throws {
        try write(until: end)
        try writer.finish()
    }
}
