import Foundation
import Subprocess
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
        let png = FileManager.default.temporaryDirectory.appending(path: "visavis-\(UUID().uuidString).png")
        defer { try? FileManager.default.removeItem(at: png) }
        let arguments = ["--width", "\(width)", "--height", "\(height)", "--output", png.path]
        let status: TerminationStatus
        let reason: String
        do {
            let result = try await Subprocess.run(
                .name(Self.program), arguments: Arguments(arguments), input: .data(svg), output: .discarded,
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
