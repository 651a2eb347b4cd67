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
        let message = StatusMessage(String(cString: api.pointee.get_error_message(status)))
        throw message.meansOutOfMemory
            ? .outOfMemory(doing: doing(), reason: message.text) : .failed(doing: doing(), reason: message.text)
    }
}
