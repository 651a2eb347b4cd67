import Foundation
import Subprocess
import SystemPackage
import Video

/// Draws SVG documents by librsvg's program `rsvg-convert`.
struct SVGRenderer {
    private static let program = "rsvg-convert"

    /// Draws a document.
    /// - Parameters:
    ///   - svg: the document.
    ///   - file: its name, for messages.
    /// - Returns: `width` × `height` pixels with straight alpha.
    /// - Throws: ``DrawingError``; `CancellationError`.
    func draw(_ svg: Data, file: String, width: Int, height: Int) async throws -> RGBAImage {
        let files = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: files) }
        let (drawing, png) = (files.appending(path: "drawing.svg"), files.appending(path: "drawing.png"))
        // A file and no pipe: the program leaves what is no SVG after its first bytes, and a pipe that nobody reads ends
        // the one who writes. Its standard input and no argument: a document without a place refers to no other file.
        try svg.write(to: drawing)
        let input = try FileDescriptor.open(drawing.path, .readOnly)
        defer { try? input.close() }
        let arguments = ["--width", "\(width)", "--height", "\(height)", "--output", png.path]
        let status: TerminationStatus
        let reason: String
        do {
            let result = try await Subprocess.run(
                .name(Self.program), arguments: Arguments(arguments),
                input: .fileDescriptor(input, closeAfterSpawningProcess: false), output: .discarded,
                error: .string(limit: 4_096))
            (status, reason) = (result.terminationStatus, result.standardError)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw DrawingError.noRenderer(Self.program)
        }
        guard status.isSuccess else {
            try Task.checkCancellation()
            throw DrawingError.notDrawn(file: file, reason: reason.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return try RGBAImage(contentsOf: png)
    }
}
