public import Foundation

/// How far the making of an avatar is.
public struct CreationProgress: Sendable, Equatable {
    /// What is being done.
    public enum Stage: String, Sendable, CaseIterable, Codable {
        /// Frames are decoded, and faces found in them.
        case findingFaces = "finding_faces"
        /// A parser tells the face from what is around it.
        case parsingFaces = "parsing_faces"
        /// The model's encoder looks at every face.
        case encodingFaces = "encoding_faces"
        /// The idle clip is compressed.
        case compressing
    }

    /// What is being done.
    public var stage: Stage
    /// Frames that are done.
    public var done: Int
    /// Frames in all; nil if the file does not say.
    public var total: Int?

    /// Puts the parts together.
    public init(stage: Stage, done: Int, total: Int?) {
        self.stage = stage
        self.done = done
        self.total = total
    }
}

/// An avatar that was made.
public struct CreatedAvatar: Sendable, Equatable {
    /// The bundle.
    public var folder: URL
    /// A picture to look at: sample frames with box, mask and points.
    public var contactSheet: URL
    /// Filmed frames.
    public var frames: Int
    /// Width of the frames in pixels.
    public var width: Int
    /// Height of the frames in pixels.
    public var height: Int
    /// Width of the face in pixels, on average.
    public var faceWidth: Int
    /// What was done that its maker might not expect.
    public var notes: [String]
}
