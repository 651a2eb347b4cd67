/// A GPU as a catalogue describes it.
public struct GPU: Sendable, Equatable {
    /// What it is called, e.g. `RTX 4090`.
    public var name: String
    /// Its fastest dense half-precision rate, in TFLOPS: tensor cores, accumulating in half precision where that is
    /// faster, as it is on GeForce cards. The rates of all entries have to be of this kind.
    public var fp16: Double
    /// Its memory, in GB as makers of memory count, ``bytesPerGB``.
    public var memory: Double
    /// Its memory's bandwidth, in TB/s.
    public var bandwidth: Double
    /// What one costs; nil if it is only there to compare with.
    public var price: Price?
    /// Where the figures are from.
    public var source: String

    /// A card of 24 GB has 24 × 2³⁰ bytes, or nearly.
    static let bytesPerGB = Double(1 << 30)

    /// What a GPU costs.
    public struct Price: Sendable, Equatable {
        /// In ``currency``.
        public var amount: Double
        /// E.g. `USD`.
        public var currency: String
        /// In the catalogue's own currency.
        public var converted: Double
        /// When it was so, as the catalogue has it: a year, a month or a day.
        public var date: String
        /// Who says so.
        public var source: String

        /// Makes a price.
        public init(amount: Double, currency: String, converted: Double, date: String, source: String) {
            self.amount = amount
            self.currency = currency
            self.converted = converted
            self.date = date
            self.source = source
        }
    }

    /// Makes a description.
    public init(name: String, fp16: Double, memory: Double, bandwidth: Double, price: Price?, source: String) {
        self.name = name
        self.fp16 = fp16
        self.memory = memory
        self.bandwidth = bandwidth
        self.price = price
        self.source = source
    }
}
