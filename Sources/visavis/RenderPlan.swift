import Foundation

/// What a ``RenderConfiguration`` comes to: which avatars are made, and which films, in this order. Everything that can
/// be wrong with it is found before the first hour of work.
struct RenderPlan: Equatable {
    /// An avatar that is made of a video.
    struct Preparation: Equatable {
        /// Its name.
        var avatar: String
        /// The video.
        var video: URL
        /// Pixels by which the face box begins lower; only MuseTalk 1.0 looks at it.
        var bboxShift: Int
    }

    /// A film that is made.
    struct Film: Equatable {
        /// Who speaks.
        var avatar: String
        /// What is said.
        var audio: URL
        /// Where the film is written.
        var output: URL
    }

    /// One after the other.
    enum Step: Equatable {
        case prepare(Preparation)
        case render(Film)
    }

    /// What is done, in this order.
    var steps: [Step] = []

    /// Plans a run.
    /// - Parameters:
    ///   - configuration: what is to be done.
    ///   - folder: where films go: `folder/AVATAR/CLIP.mp4`.
    ///   - workingFolder: where relative paths begin, as in MuseTalk; failing that, they begin beside the file.
    ///   - replaces: whether an avatar that exists may be made again.
    ///   - isPrepared: whether there is an avatar of a name.
    ///   - exists: whether there is something at a path.
    /// - Throws: ``RenderConfigurationError``.
    init(
        _ configuration: RenderConfiguration, into folder: URL, workingFolder: URL, replaces: Bool,
        isPrepared: (String) -> Bool,
        exists: (URL) -> Bool = { FileManager.default.fileExists(atPath: $0.path) }
    ) throws(RenderConfigurationError) {
        let file = configuration.file
        let places = [workingFolder, Self.url(file, in: workingFolder).deletingLastPathComponent()]
        func locate(
            _ path: RenderConfiguration.Located<String>, _ field: String
        ) throws(RenderConfigurationError) -> URL {
            var candidates: [URL] = []
            for place in places {
                let candidate = Self.url(path.value, in: place)
                if !candidates.contains(candidate) { candidates.append(candidate) }
            }
            if let found = candidates.first(where: exists) { return found }
            throw .missingFile(
                file: file, line: path.line, field: field, path: path.value, places: candidates.map(\.path))
        }
        for entry in configuration.entries {
            let isThere = isPrepared(entry.avatar)
            if entry.preparation {
                guard replaces || !isThere else {
                    throw .alreadyPrepared(file: file, line: entry.line, avatar: entry.avatar)
                }
                let video = try locate(entry.video, "\(entry.avatar).video_path")
                steps.append(
                    .prepare(Preparation(avatar: entry.avatar, video: video, bboxShift: entry.bboxShift)))
            } else if !isThere {
                throw .notPrepared(file: file, line: entry.line, avatar: entry.avatar)
            }
            for clip in entry.clips {
                let audio = try locate(clip.path, "\(entry.avatar).audio_clips.\(clip.name)")
                let output = folder.appending(path: entry.avatar).appending(path: "\(clip.name).mp4")
                steps.append(.render(Film(avatar: entry.avatar, audio: audio, output: output)))
            }
        }
    }

    /// Where a path leads that begins in `folder`, unless it begins at the root.
    private static func url(_ path: String, in folder: URL) -> URL {
        (path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path)).standardizedFileURL
    }
}
