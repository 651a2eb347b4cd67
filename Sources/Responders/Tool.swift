/// A function that the client offers.
public struct Tool: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// What it does, and when to call it; empty if the client said nothing.
    public var description: String
    /// The JSON schema of its arguments, as the client wrote it (JSON); `{}` if it wrote none.
    public var parameters: String

    /// Puts the parts together.
    public init(name: String, description: String = "", parameters: String = "{}") {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}

/// Whether functions may be called.
public enum ToolChoice: Sendable, Equatable {
    /// The model decides.
    case auto
    /// None may be called.
    case none
    /// At least one must be called.
    case required
    /// This one must be called.
    case function(name: String)
}

/// A call of a function, asked of the client.
public struct FunctionCall: Sendable, Equatable {
    /// The item's name on the wire; empty until the session has named it.
    public var id: String
    /// Ties ``FunctionOutput`` to it.
    public var callID: String
    /// The function's name.
    public var name: String
    /// Its arguments: a JSON object, as the model wrote it.
    public var arguments: String

    /// Puts the parts together.
    public init(id: String = "", callID: String, name: String, arguments: String) {
        self.id = id
        self.callID = callID
        self.name = name
        self.arguments = arguments
    }
}

/// What a function returned.
public struct FunctionOutput: Sendable, Equatable {
    /// The item's name on the wire.
    public var id: String
    /// Which call it answers.
    public var callID: String
    /// What it returned, usually JSON.
    public var output: String

    /// Puts the parts together.
    public init(id: String, callID: String, output: String) {
        self.id = id
        self.callID = callID
        self.output = output
    }
}
