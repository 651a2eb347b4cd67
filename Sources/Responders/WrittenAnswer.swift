/// An answer whose words are known from the start, and are written.
struct WrittenAnswer: AsyncSequence, Sendable {
    typealias Element = ResponsePiece
    typealias Failure = any Error

    private let text: String

    init(_ text: String) { self.text = text }

    func makeAsyncIterator() -> Iterator { Iterator(text: text) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var text: String?

        mutating func next() async throws -> ResponsePiece? { text.take().map { .text($0) } }
    }
}
