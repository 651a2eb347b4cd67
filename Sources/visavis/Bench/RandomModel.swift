import Foundation
import Home
import Models

/// A model of random weights, as fast as a real one: made once, for measuring, apart from the models that avatars are
/// made for.
struct RandomModel {
    let size: ModelImport.Size
    let precision: ModelImport.Precision

    /// What the result says.
    var name: String { "random-\(size.rawValue)-\(precision.rawValue)" }

    /// The model; it takes minutes where it is not there yet.
    /// - Parameter progress: is shown meanwhile.
    /// - Throws: `ModelError`, or `CancellationError`.
    func directory(in home: VisavisHome, showing progress: ModelsProgress) async throws -> ModelDirectory {
        let folder = home.bench.appending(path: name)
        if let model = try? ModelDirectory(folder) { return model }
        // What cannot be opened is of another version, or damaged; nobody has put anything of their own there.
        try? FileManager.default.removeItem(at: folder)
        return try await ModelImport(from: .randomWeights(size), to: folder, precision: precision)
            .run(home: home, showing: progress)
    }
}
