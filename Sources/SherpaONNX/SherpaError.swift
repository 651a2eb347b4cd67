/// What went wrong between Visavis and sherpa-onnx.
public enum SherpaError: Error, Equatable, CustomStringConvertible {
    /// No library was found.
    /// - Parameter places: every place that was looked at, and what was there.
    case libraryNotFound(places: [String])
    /// A file was found that is no usable library, or one of another version.
    case libraryUnusable(path: String, reason: String)
    /// A folder is no model of a layout that is known.
    case unknownLayout(folder: String, found: [String], expected: String)
    /// The library does not take a model. It says why on standard error.
    case modelRefused(folder: String)
    /// The library makes nothing of a text.
    case unspeakable(text: String)

    /// The thing, what was found, what was expected, what to do.
    public var description: String {
        switch self {
        case .libraryNotFound(let places):
            "sherpa-onnx was not found. Looked at:\n" + places.map { "  \($0)\n" }.joined()
                + "Type `scripts/setup local` in the project's folder, or set \(SherpaLibrary.variable) to a "
                + "\(SherpaLibrary.fileName) of version \(SherpaLibrary.version)."
        case .libraryUnusable(let path, let reason):
            "\(path) is no sherpa-onnx that can be used: \(reason). Type `scripts/setup local`, or set "
                + "\(SherpaLibrary.variable) to a \(SherpaLibrary.fileName) of version \(SherpaLibrary.version)."
        case .unknownLayout(let folder, let found, let expected):
            "\(folder) is no model that is known: it has \(found.isEmpty ? "nothing" : found.joined(separator: ", ")). "
                + "Expected is \(expected)."
        case .modelRefused(let folder): "sherpa-onnx does not take the model \(folder)"
        case .unspeakable(let text): "the model makes no speech of \"\(text.prefix(40))\""
        }
    }
}
