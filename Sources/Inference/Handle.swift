/// An object of ONNX Runtime's, released with the last reference to it.
///
/// Unchecked: the pointer never changes. Which objects may be used by several threads at once is the library's promise
/// (environments, sessions and memory infos), or kept by the owner, which is then not `Sendable`.
final class Handle: @unchecked Sendable {
    /// The library's function that releases objects of a kind.
    typealias Release = @convention(c) (OpaquePointer?) -> Void

    let pointer: OpaquePointer
    /// Keeps the library's environment alive as long as anything that was made in it.
    private let runtime: InferenceRuntime
    private let release: Release

    init(
        _ pointer: OpaquePointer, of runtime: InferenceRuntime,
        release: @escaping Release
    ) {
        self.pointer = pointer
        self.runtime = runtime
        self.release = release
    }

    deinit { release(pointer) }
}
