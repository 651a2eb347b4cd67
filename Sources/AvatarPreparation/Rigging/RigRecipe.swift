public import Avatars
public import Foundation

/// What an avatar with a rigged face is made of, and how.
public struct RigRecipe: Sendable {
    /// What there is of the person.
    public enum Source: Sendable, Equatable {
        /// A photo.
        case photo(URL)
        /// A film, shown there and back.
        case film(URL)
        /// A layered drawing: an SVG with named parts.
        case drawing(URL)
    }

    /// What there is of the person.
    public var source: Source
    /// The avatar's id: letters, digits, - and _.
    public var id: String
    /// The name that people see.
    public var name: String
    /// Where the parts of the face are, in pixels of the picture as ``RigCreator`` shows it; nil to have them found.
    public var landmarks: RigLandmarks?
    /// The face detector's graph; needed where there are no landmarks, and for a film.
    public var detector: URL?
    /// The landmark detector's graph, if there is one.
    public var landmarkDetector: URL?
    /// Which face, if there are several: 1 is the largest and most central.
    public var faceNumber = 1
    /// Seconds of the film that are left out at its beginning.
    public var start = 0.0
    /// Seconds of the film that are used at most.
    public var longest = 10.0
    /// Whether an avatar of that id is replaced.
    public var replaces = false

    /// The longer side of the picture at most: what is larger is painted and compressed for each frame, and nobody sees it
    /// in a conversation.
    public static let longestSide = 768

    /// A recipe with everything else as it is usual.
    public init(_ source: Source, id: String, name: String) {
        self.source = source
        self.id = id
        self.name = name
    }

    /// The file.
    var file: URL {
        switch source {
        case .photo(let file), .film(let file), .drawing(let file): file
        }
    }
}
