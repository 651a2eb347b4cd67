extension Graph {
    /// An input or an output of a graph.
    public struct Port: Equatable, Sendable, CustomStringConvertible {
        /// The length of one axis.
        public enum Axis: Equatable, Sendable, CustomStringConvertible {
            /// Always the same.
            case fixed(Int)
            /// Any length; axes of the same name have the same one. The name may be empty.
            case dynamic(String)

            /// The length or the name.
            public var description: String {
                switch self {
                case .fixed(let length): "\(length)"
                case .dynamic(let name): name.isEmpty ? "?" : name
                }
            }
        }

        /// Its name in the graph.
        public let name: String
        /// What its tensors are made of; nil for what no tensor can hold.
        public let elementType: ElementType?
        /// Its axes, outermost first.
        public let axes: [Axis]

        /// E.g. `latents: float32 [N, 8, 32, 32]`.
        public var description: String { "\(name): \(type)" }

        /// E.g. `float32 [N, 8, 32, 32]`.
        var type: String { Self.type(elementType, axes) }

        /// Whether a tensor of that type and shape can be bound to it.
        func takes(_ type: ElementType, shape: [Int]) -> Bool {
            type == elementType && shape.count == axes.count
                && zip(axes, shape).allSatisfy { axis, length in
                    if case .fixed(let fixed) = axis { fixed == length } else { true }
                }
        }

        static func type(_ type: ElementType?, _ shape: [some Any]) -> String {
            "\(type?.description ?? "no tensor") [\(shape.map { "\($0)" }.joined(separator: ", "))]"
        }
    }
}
