/// The part of a file that a client asks for with the header `Range` (RFC 9110, section 14.2), as players do to seek.
enum ByteRange: Equatable {
    /// All of it: no part is asked for, or in a form that servers need not know.
    case whole
    /// These bytes.
    case part(ClosedRange<Int>)
    /// Bytes that the file does not have.
    case unsatisfiable

    /// - Parameters:
    ///   - header: what the client sent, e.g. `bytes=0-1023`, `bytes=1024-` or `bytes=-500`; nil for nothing.
    ///   - size: the length of the file in bytes.
    init(_ header: String?, of size: Int) {
        self = .whole
        guard let header, header.lowercased().hasPrefix("bytes=") else { return }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.allSatisfy("0123456789".contains) }) else { return }
        switch (Int(ends[0]), Int(ends[1])) {
        case (nil, let count?) where ends[0].isEmpty:
            self = count > 0 && size > 0 ? .part(max(0, size - count)...(size - 1)) : .unsatisfiable
        case (let first?, nil) where ends[1].isEmpty:
            self = first < size ? .part(first...(size - 1)) : .unsatisfiable
        case (let first?, let last?) where first <= last:
            self = first < size ? .part(first...min(last, size - 1)) : .unsatisfiable
        default: break
        }
    }
}
