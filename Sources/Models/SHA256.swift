import CFFmpeg
import Foundation

/// SHA-256 (FIPS 180-4), by libavutil, which is at hand anyway.
struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// The sum of nothing yet.
    /// - Throws: ``ModelError`` if there is no memory.
    init() throws(ModelError) {
        guard let context = av_sha_alloc() else { throw .file("SHA-256", reason: "no memory") }
        self.context = context
        av_sha_init(context, 256)
    }

    deinit { av_free(UnsafeMutableRawPointer(context)) }

    /// Goes on with `bytes`.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        av_sha_update(context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    /// The sum, in hexadecimal digits.
    consuming func digits() -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        av_sha_final(context, &digest)
        return digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The sum of a file of any size.
    /// - Parameter onRead: is called with the length of each piece that was read.
    /// - Throws: ``ModelError/file(_:reason:)``, or `CancellationError`.
    static func sum(ofFile file: URL, onRead: (Int) -> Void = { _ in }) throws -> String {
        guard let input = fopen(file.path, "rb") else {
            throw ModelError.file(file.path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(input) }
        var sum = try SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            try Task.checkCancellation()
            let count = fread(buffer.baseAddress, 1, buffer.count, input)
            if count > 0 {
                sum.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                onRead(count)
            }
            guard count < buffer.count else { continue }
            guard ferror(input) == 0 else {
                throw ModelError.file(file.path, reason: String(cString: strerror(errno)))
            }
            return sum.digits()
        }
    }
}
