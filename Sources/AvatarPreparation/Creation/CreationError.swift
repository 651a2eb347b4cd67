/// Why no avatar can be made of a film or a photo. Each says what was found, and what to do.
public enum CreationError: Error, Equatable, CustomStringConvertible {
    /// The graph is no face detector of the kind that is known.
    case noDetector(file: String, found: [String])
    /// The graph finds no landmarks of the kind that is known.
    case noLandmarks(file: String, found: [String])
    /// There is no face detector.
    case detectorMissing(places: [String])
    /// There is no face parser, and something was asked of it.
    case parserMissing(place: String)
    /// No model has been imported.
    case noModel(folder: String)
    /// Several models have been imported, and none was named.
    case severalModels([String])
    /// Nowhere in the film is a face.
    case noFace(file: String, frames: Int)
    /// The face is not there all the time.
    /// - Parameters:
    ///   - frames: counted from the first that was read, `start` seconds into the film.
    ///   - longest: the longest run of frames with a face.
    case faceIsAway(
        file: String, frames: [ClosedRange<Int>], of: Int, longest: ClosedRange<Int>?, start: Double)
    /// There are not as many faces as that.
    case noSuchFace(file: String, wanted: Int, found: Int)
    /// The face has too few pixels.
    case faceTooSmall(file: String, width: Int, least: Int)
    /// A clip that is empty between the times that were asked for.
    case emptyPart(file: String, from: Double, seconds: Double?)
    /// The disk has no room for the frames.
    case noRoom(folder: String, needed: Int, free: Int)
    /// The file was replaced or cut while it was read.
    case changed(file: String)
    /// Nothing says where the parts of the face are.
    case landmarksMissing
    /// The landmarks are none of a face.
    case impossibleLandmarks(file: String, flaw: String)
    /// The name has nothing of which an id can be made.
    case badName(String)

    /// What was found, and what to do.
    public var description: String {
        switch self {
        case .noDetector(let file, let found):
            """
            \(file): no face detector of the kind that is known; it has \(found.joined(separator: ", ")); expected \
            InsightFace's SCRFD with five points, e.g. scrfd_2.5g_kps.onnx
            """
        case .noLandmarks(let file, let found):
            """
            \(file): no landmark detector of the kind that is known; it has \(found.joined(separator: ", ")); expected \
            DWPose's dw-ll_ucoco_384.onnx; without it the face detector's five points are used
            """
        case .detectorMissing(let places):
            """
            there is no face detector; looked for \(places.joined(separator: ", ")); put InsightFace's \
            scrfd_2.5g_kps.onnx there, or name it with --face-detector
            """
        case .parserMissing(let place):
            """
            there is no face parser at \(place), and so nothing for --parsing-mode and the cheeks' widths to decide; \
            put one there (docs/avatars.md), or leave these options out: then a jaw is drawn
            """
        case .noModel(let folder):
            """
            there is no model in \(folder); fetch one with `visavis models pull`, import one with \
            `visavis models import`, or name its folder with --model
            """
        case .severalModels(let names):
            "there are several models: \(names.joined(separator: ", ")); choose one with --model"
        case .noFace(let file, let frames):
            """
            \(file): no face in any of \(frames) frames; expected a person who looks towards the camera, with a face \
            at least a tenth of the picture wide
            """
        case .faceIsAway(let file, let ranges, let count, let longest, let start):
            "\(file): " + Self.away(ranges, count, start) + "; " + Self.remedy(longest, start)
        case .noSuchFace(let file, let wanted, let found):
            """
            \(file): face \(wanted) was asked for, and there \(found == 1 ? "is 1" : "are \(found)"); --face 1 is the \
            largest and most central
            """
        case .faceTooSmall(let file, let width, let least):
            """
            \(file): the face is \(width) pixels wide; expected \(least) at least: use a closer shot, or a film of \
            higher resolution
            """
        case .emptyPart(let file, let from, let seconds):
            """
            \(file): nothing is left behind --from \(from)\
            \(seconds.map { "; it lasts \(Self.seconds($0)) s" } ?? "")
            """
        case .noRoom(let folder, let needed, let free):
            """
            \(folder): \(Self.gigabytes(free)) GB free; expected \(Self.gigabytes(needed)) GB for the frames: make \
            room, put VISAVIS_HOME on another disk, or use a shorter part (--max-seconds)
            """
        case .changed(let file): "\(file): has become shorter while it was read; start again when it is complete"
        case .landmarksMissing:
            """
            nothing says where the parts of the face are: there is no face detector (InsightFace's \
            \(FaceDetector.fileName), in the folder of models or named with --face-detector), and no --landmarks FILE, \
            which the page /avatars/edit of `visavis serve` writes
            """
        case .impossibleLandmarks(let file, let flaw):
            "\(file): \(flaw); put the points right in the page /avatars/edit of `visavis serve`, and use --landmarks"
        case .badName(let name):
            "the name \"\(name)\" has no letter or digit of which an id can be made; choose another with --name"
        }
    }

    private static func away(_ ranges: [ClosedRange<Int>], _ count: Int, _ start: Double) -> String {
        let missing = ranges.reduce(0) { $0 + $1.count }
        let named = ranges.prefix(5).map { range in
            "\(range.lowerBound)–\(range.upperBound) "
                + "(\(time(range.lowerBound, start))–\(time(range.upperBound + 1, start)) s)"
        }
        let more = ranges.count > 5 ? " and \(ranges.count - 5) more" : ""
        return "the face cannot be seen in \(missing) of \(count) frames: \(named.joined(separator: ", "))\(more)"
    }

    private static func remedy(_ longest: ClosedRange<Int>?, _ start: Double) -> String {
        guard let longest else { return "use a film in which it can be seen all the time" }
        return """
            use the longest part in which it can be seen: --from \(time(longest.lowerBound, start)) --max-seconds \
            \(time(longest.count, 0))
            """
    }

    private static func time(_ frame: Int, _ start: Double) -> String { seconds(start + Double(frame) / 25) }

    private static func seconds(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

    private static func gigabytes(_ bytes: Int) -> String { "\((Double(bytes) / 1e8).rounded() / 10)" }
}
