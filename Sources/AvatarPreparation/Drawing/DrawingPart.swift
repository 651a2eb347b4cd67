/// A part of a layered drawing that has to be told from the rest: an element of the SVG, or a group, with this id.
///
/// Left and right are the viewer's.
public enum DrawingPart: String, Sendable, CaseIterable {
    /// The skin of the face: up to the hairline and down to the chin, without ears, neck and hair.
    case face
    /// What is seen of the open eye between its lids.
    case leftEye = "left-eye"
    case rightEye = "right-eye"
    case leftBrow = "left-brow"
    case rightBrow = "right-brow"
    /// The lips of the closed mouth, which meet from corner to corner.
    case upperLip = "upper-lip"
    case lowerLip = "lower-lip"
    /// The hair: its highest point is that of the head.
    case hair
    /// What is seen between the lips, as if one could see through them; `display="none"` while the mouth is closed.
    case upperTeeth = "upper-teeth"
    case lowerTeeth = "lower-teeth"
    case tongue

    /// What every drawing needs.
    public static let needed: [DrawingPart] = [
        .face, .leftEye, .rightEye, .leftBrow, .rightBrow, .upperLip, .lowerLip,
    ]
    /// What a drawing has all of, or nothing: then what comes with Visavis is seen between its lips.
    public static let inside: [DrawingPart] = [.upperTeeth, .lowerTeeth, .tongue]

    /// What it is, for messages.
    public var meaning: String {
        switch self {
        case .face: "the skin of the face, from the hairline to the chin, without ears, neck and hair"
        case .leftEye: "what is seen of the open eye on the viewer's left, between its lids"
        case .rightEye: "what is seen of the open eye on the viewer's right, between its lids"
        case .leftBrow: "the brow on the viewer's left"
        case .rightBrow: "the brow on the viewer's right"
        case .upperLip: "the upper lip of the closed mouth; its lower edge is where the lips meet"
        case .lowerLip: "the lower lip of the closed mouth"
        case .hair: "the hair, whose highest point is that of the head"
        case .upperTeeth: "the upper teeth, as if one could see through the closed lips, with display=\"none\""
        case .lowerTeeth: "the lower teeth, as if one could see through the closed lips, with display=\"none\""
        case .tongue: "the tongue, as if one could see through the closed lips, with display=\"none\""
        }
    }
}
