extension AsyncThrowingStream where Failure == any Error, Element: Sendable {
    /// What `produce` yields in a task of its own. Whoever stops reading, or whose task is cancelled, ends it.
    package static func produced(
        by produce: @escaping @concurrent @Sendable (Continuation) async throws -> Void
    ) -> AsyncThrowingStream {
        let (stream, continuation) = makeStream()
        let task = Task {
            do {
                try await produce(continuation)
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }
}
