import Glibc

/// Memory at an address that is a multiple of 64: a cache line, and the widest vector register.
///
/// Unchecked: it is memory and nothing else; who may use it when is up to the tensor that it belongs to.
final class TensorMemory: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let byteCount: Int

    /// Memory of zeros.
    init(byteCount: Int) throws(InferenceError) {
        var start: UnsafeMutableRawPointer?
        guard posix_memalign(&start, 64, max(64, byteCount)) == 0, let start else {
            throw .outOfMemory(doing: "making a tensor", reason: "\(byteCount) bytes")
        }
        memset(start, 0, byteCount)
        self.start = start
        self.byteCount = byteCount
    }

    deinit { free(start) }
}
