public import Foundation

/// The GPUs that there are to choose from, with what they can do and cost.
public struct GPUCatalogue: Sendable, Equatable {
    /// The currency that plans count in, e.g. `CNY`.
    public var currency: String
    /// The GPUs, in the order of the file.
    public var gpus: [GPU]

    /// Makes a catalogue.
    public init(currency: String, gpus: [GPU]) {
        self.currency = currency
        self.gpus = gpus
    }

    /// Reads a catalogue; docs/planning.md describes the file.
    /// - Throws: ``PlanningError`` that names the key and the range of what is missing or cannot be.
    public init(contentsOf file: URL) throws(PlanningError) {
        let fields = try Fields(of: file)
        try fields.allow(["currency", "exchange", "gpus"])
        currency = try fields.text("currency")
        // What one unit of another currency is worth.
        var rates = [currency: 1.0]
        if fields.has("exchange") {
            let exchange = try fields.fields("exchange")
            for currency in exchange.keys { rates[currency] = try exchange.number(currency, in: 1e-6...1e6) }
        }
        gpus = []
        for entry in try fields.list("gpus") {
            let gpu = try GPU(entry, rates: rates)
            guard !gpus.contains(where: { $0.name == gpu.name }) else {
                throw entry.unexpected("name", "“\(gpu.name)” a second time", expected: "a name of its own")
            }
            gpus.append(gpu)
        }
    }

    /// The catalogue that comes with Visavis.
    /// - Throws: ``PlanningError`` if the installation is damaged.
    public static func standard() throws(PlanningError) -> GPUCatalogue {
        try GPUCatalogue(contentsOf: Resource.file("gpus.yaml"))
    }

    /// The GPU whose words are all in the name that a driver gives to a device, e.g. `A100 80GB` in
    /// `NVIDIA A100-SXM4-80GB`; the one with most words, if there are several.
    public func gpu(ofDevice device: String) -> GPU? {
        func words(_ name: String) -> Set<Substring> { Set(name.uppercased().split { !$0.isLetter && !$0.isNumber }) }
        let found = words(device)
        return gpus.filter { words($0.name).isSubset(of: found) }.max { words($0.name).count < words($1.name).count }
    }
}

extension GPU {
    /// - Parameter rates: what one unit of each known currency is worth in the catalogue's.
    fileprivate init(_ fields: Fields, rates: [String: Double]) throws(PlanningError) {
        try fields.allow(["name", "fp16_tflops", "memory_gb", "bandwidth_tb_s", "price", "comparison_only", "source"])
        name = try fields.text("name")
        fp16 = try fields.number("fp16_tflops", in: 1...100_000)
        memory = try fields.number("memory_gb", in: 1...10_000)
        bandwidth = try fields.number("bandwidth_tb_s", in: 0.01...1_000)
        source = try fields.text("source")
        if fields.has("comparison_only") {
            guard try fields.text("comparison_only") == "true", !fields.has("price") else {
                throw fields.unexpected(
                    "comparison_only", "beside a price, or not true", expected: "true instead of a price")
            }
            price = nil
        } else {
            price = try Price(fields.fields("price"), rates: rates)
        }
    }
}

extension GPU.Price {
    fileprivate init(_ fields: Fields, rates: [String: Double]) throws(PlanningError) {
        try fields.allow(["amount", "currency", "date", "source"])
        amount = try fields.number("amount", in: 1...1e9)
        currency = try fields.text("currency")
        date = try fields.text("date")
        source = try fields.text("source")
        guard let rate = rates[currency] else {
            throw fields.unexpected(
                "currency", "“\(currency)”", expected: "one of \(rates.keys.sorted().joined(separator: ", "))")
        }
        converted = amount * rate
    }
}

/// The files that come with the module.
enum Resource {
    static func file(_ name: String) -> URL {
        (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appending(path: "Catalogue/\(name)")
    }
}
