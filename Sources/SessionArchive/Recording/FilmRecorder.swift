public import Avatars
public import Foundation
public import Realtime
internal import Video

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
    private let events: AsyncStream<Sight>.Continuation
    private let filming: Task<State, Never>
    private let ticking: Task<Void, Never>

    /// What happened, and when; nothing but time passed where there is no event.
    private typealias Sight = (event: SessionEvent?, instant: Duration)

    /// Begins to film.
    /// - Parameters:
    ///   - avatar: whom the session shows.
    ///   - file: what is there is replaced; the folder is made.
    /// - Throws: if the folder cannot be made.
    public init(of session: RealtimeSession, showing avatar: Avatar, in file: URL) async throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let (stream, events) = AsyncStream.makeStream(
            of: Sight.self, bufferingPolicy: .bufferingOldest(Self.backlog))
        self.file = file
        self.session = session
        self.events = events
        filming = Task { await Self.film(stream, of: avatar, in: file) }
        ticking = Task {
            while (try? await Task.sleep(for: Self.interval)) != nil { events.yield((nil, session.now)) }
        }
        await session.attach(Onlooker(events: events))
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

    /// Hands what happens to the task that writes.
    private struct Onlooker: SessionWitness {
        let events: AsyncStream<Sight>.Continuation

        func see(_ event: SessionEvent, at instant: Duration) {
            // Who writes so slowly writes no longer: a film with a hole would be none.
            if case .dropped = events.yield((event, instant)) { events.finish() }
        }
    }

    @concurrent
    private static func film(_ sights: AsyncStream<Sight>, of avatar: Avatar, in file: URL) async -> State {
        do {
            var film: Film?
            for await (event, instant) in sights {
                let current = try film ?? Film(of: avatar, in: file, origin: instant)
                film = current
                if let event { current.see(event, at: instant) }
                try current.write(until: instant - FilmTimeline.patience)
                current.end = instant
                if case .ended = event { break }
            }
            try film?.finish()
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
    private var timeline: FilmTimeline
    private let pictures: FilmPictures
    private let writer: MovieWriter

    init(of avatar: Avatar, in file: URL, origin: Duration) throws {
        end = origin
        timeline = FilmTimeline(origin: origin, idleFrames: avatar.frameCount)
        pictures = FilmPictures(avatar)
        writer = try MovieWriter(file, avatar.encoding, isGrowing: true)
    }

    func see(_ event: SessionEvent, at instant: Duration) {
        timeline.see(event, at: instant)
    }

    func write(until instant: Duration) throws {
        for slot in timeline.slots(until: instant) {
            if let frame = try pictures.frame(for: slot.picture) {
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
