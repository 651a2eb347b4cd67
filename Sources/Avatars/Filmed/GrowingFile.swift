import Foundation

/// A file that is written from front to end, and can be continued by a later run.
final class GrowingFile {
    /// Where it is.
    let url: URL
    /// Bytes in it.
    private(set) var size: Int

    private let descriptor: Int32

    /// Opens or makes a file.
    /// - Parameter unit: what is there already is kept up to a whole number of these bytes; nil keeps nothing.
    init(_ url: URL, keepingWhole unit: Int?) throws(AvatarError) {
        self.url = url
        size = 0
        descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure(url) }
        let end = Int(lseek(descriptor, 0, SEEK_END))
        if let unit, end > 0 { size = end / unit * unit }
        guard end >= 0, ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, off_t(size), SEEK_SET) >= 0 else {
            let failure = Self.failure(url)
            close(descriptor)
            throw failure
        }
    }

    deinit { close(descriptor) }

    /// Writes all of `bytes` behind what is there.
    func append(_ bytes: RawSpan) throws(AvatarError) {
        try bytes.withUnsafeBytes { bytes throws(AvatarError) in try append(bytes) }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) throws(AvatarError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = write(descriptor, rest.baseAddress, rest.count)
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw Self.failure(url) }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
        size += bytes.count
    }

    /// Reads bytes that were written before; `destination` is filled.
    func read(at offset: Int, into destination: UnsafeMutableRawBufferPointer) throws(AvatarError) {
        var done = 0
        while done < destination.count {
            let count = pread(
                descriptor, destination.baseAddress.map { $0 + done }, destination.count - done, off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                throw .cannotRead(file: url.path, reason: count == 0 ? "it ends" : String(cString: strerror(errno)))
            }
            done += count
        }
    }

    /// Starts anew.
    func clear() throws(AvatarError) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.failure(url) }
        size = 0
    }

    /// Waits until the disk has it.
    func flush() throws(AvatarError) {
        guard fsync(descriptor) == 0 else { throw Self.failure(url) }
    }

    private static func failure(_ url: URL) -> AvatarError {
        .cannotWrite(file: url.path, reason: String(cString: strerror(errno)))
    }
}
