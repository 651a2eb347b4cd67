extension String {
    /// With a full stop at its end, unless it has one: what services say of themselves may be whole sentences.
    public var sentence: String {
        last.map { ".!?…。！？".contains($0) } == true ? self : self + "."
    }
}
