import CONNXRuntime

/// What a call of the library answers: nil where it went well.
typealias Status = OpaquePointer?

extension InferenceRuntime {
    /// Passes a good status on, throws a bad one.
    /// - Parameter doing: completes "failed while …"; evaluated on failure only.
    func check(_ status: Status, doing: @autoclosure () -> String) throws(InferenceError) {
        try Self.check(status, api, doing: doing())
    }

    /// Has the library make an object.
    /// - Parameter call: the call that makes it, given the place to put it.
    func make(
        _ release: @escaping Handle.Release, doing: @autoclosure () -> String,
        _ call: (inout OpaquePointer?) -> Status
    ) throws(InferenceError) -> Handle {
        var made: OpaquePointer?
        try check(call(&made), doing: doing())
        guard let made else { throw .failed(doing: doing(), reason: "nothing was made, and no reason given") }
        return Handle(made, of: self, release: release)
    }

    static func check(
        _ status: Status, _ api: UnsafePointer<ort_api>, doing: @autoclosure () -> String
    ) throws(InferenceError) {
        guard let status else { return }
        defer { api.pointee.release_status(status) }
        let reason = String(cString: api.pointee.get_error_message(status))
        throw StatusMessage(reason).meansOutOfMemory
            ? .outOfMemory(doing: doing(), reason: reason) : .failed(doing: doing(), reason: reason)
    }
}

/// The words of a status. ONNX Runtime has no code for memory that ran out: its words tell.
struct StatusMessage {
    var text: String

    init(_ text: String) { self.text = text }

    var meansOutOfMemory: Bool {
        Self.signs.contains { text.contains($0) }
    }

    /// What C++, the library's arenas, CUDA, cuBLAS, cuDNN and TensorRT say.
    private static let signs = [
        "bad_alloc", "bad allocation", "Failed to allocate memory", "failed to allocate memory", "Available memory of",
        "out of memory", "Out of memory", "OutOfMemory", "cudaErrorMemoryAllocation", "CUBLAS_STATUS_ALLOC_FAILED",
        "CUDNN_STATUS_ALLOC_FAILED", "CUFFT_ALLOC_FAILED",
    ]
}
