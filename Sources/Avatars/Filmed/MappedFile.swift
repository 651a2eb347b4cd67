import Foundation

/// A file as memory: pages are read when they are first touched, and given up when the system needs room.
///
/// Whoever replaces the file must give it another inode (write beside, rename): a mapped file that is cut short
/// would end the process. Unchecked: nothing writes to the mapping.
final class MappedFile: @unchecked Sendable {
    /// All of the file.
    let bytes: UnsafeRawBufferPointer

    /// Maps a file.
    /// - Parameter purpose: what the file is, for the error that says that it is missing.
    init(_ file: URL, purpose: String) throws(AvatarError) {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else {
                throw .cannotRead(file: file.path, reason: String(cString: strerror(errno)))
            }
            throw .missingFile(file.path, purpose: purpose)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .cannotRead(file: file.path, reason: "no regular file")
        }
        guard status.st_size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED
        else { throw .cannotRead(file: file.path, reason: String(cString: strerror(errno))) }
        bytes = UnsafeRawBufferPointer(start: start, count: Int(status.st_size))
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }

    /// Asks the system to read a part soon. It answers at once.
    func prefetch(_ range: Range<Int>) { advise(MADV_WILLNEED, range) }

    /// Says that a part was used: the process need not hold it. The system keeps it for as long as it has room, so that
    /// whoever wants it again, be it at the same moment, finds it without the disk.
    func release(_ range: Range<Int>) { advise(MADV_DONTNEED, range) }

    private func advise(_ advice: Int32, _ range: Range<Int>) {
        guard let start = bytes.baseAddress else { return }
        let first = range.lowerBound / Self.pageSize * Self.pageSize
        madvise(UnsafeMutableRawPointer(mutating: start + first), range.upperBound - first, advice)
    }

    private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
}
