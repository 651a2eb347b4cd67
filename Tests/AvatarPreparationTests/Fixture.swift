import Foundation

/// Files that Python, NumPy and PyTorch wrote; `Fixtures/make_fixtures.py` says how.
enum Fixture {
    /// The bytes of a file.
    static func bytes(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: Bundle.module.resourceURL.unsafelyUnwrapped.appending(path: "Fixtures/\(name)")))
    }
}
