public import Avatars
public import Foundation
public import Inference

/// What an avatar is made of, and how.
public struct AvatarRecipe: Sendable {
    /// A film, or a photo.
    public var source: URL
    /// Whether only the first frame is used.
    public var isPhoto = false
    /// The avatar's id: letters, digits, - and _.
    public var id: String
    /// The name that people see.
    public var name: String
    /// Seconds of the film that are left out at its beginning.
    public var start = 0.0
    /// Seconds of the film that are used at most.
    public var longest = 120.0
    /// Which face, if there are several: 1 is the largest and most central.
    public var faceNumber = 1
    /// See ``FaceBoxes/bboxShift``.
    public var bboxShift = 0
    /// See ``FaceBoxes/extraMargin``.
    public var extraMargin = 10
    /// The weights that latents are made with.
    public var model: FaceModel
    /// Their graph: pictures of faces to latents.
    public var encoder: URL
    /// The face detector's graph.
    public var detector: URL
    /// The landmark detector's graph, if there is one: its 68 points make the crop instead of the detector's five.
    public var landmarks: URL?
    /// The face parser's graph, if there is one: masks follow the face that it sees, instead of a jaw that is drawn.
    public var parser: URL?
    /// What of the face is repainted, if there is a parser.
    public var region = FaceRegion.jaw()
    /// Where the graphs run.
    public var device = InferenceDevice.cpu
    /// Threads that share one operation; nil for as many as there are cores.
    public var threads: Int?
    /// Whether an avatar of that id is replaced.
    public var replaces = false

    /// Frames a second of every avatar.
    static let fps = 25

    /// A recipe with everything else as it is usual.
    public init(source: URL, id: String, name: String, model: FaceModel, encoder: URL, detector: URL) {
        self.source = source
        self.id = id
        self.name = name
        self.model = model
        self.encoder = encoder
        self.detector = detector
    }

    /// The id that a name suggests: its letters and digits, without accents and in lower case, - between them.
    /// - Throws: ``CreationError/badName(_:)`` if nothing is left.
    public static func id(of name: String) throws(CreationError) -> String {
        let latin = name.applyingTransform(.toLatin, reverse: false) ?? name
        let plain = latin.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "en"))
        let words = plain.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
        let id = String(words.joined(separator: "-").prefix(64))
        guard !id.isEmpty else { throw .badName(name) }
        return id
    }
}
