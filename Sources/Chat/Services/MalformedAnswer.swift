/// Something in an answer is not what the interface says, or tells of an error.
struct MalformedAnswer: Error, Equatable, CustomStringConvertible {
    let reason: String

    var description: String { reason }
}
