import Foundation

/// Files that Python, NumPy, PyTorch and onnx wrote; the scripts in `Fixtures` say how.
enum Fixture {
    /// The bytes of a file.
    static func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: url(name))) }

    /// Where a file lies.
    static func url(_ name: String) -> URL {
        Bundle.module.resourceURL.unsafelyUnwrapped.appending(path: "Fixtures/\(name)")
    }
}
