import Foundation
import TestSupport
import Testing

@testable import Planning

@Suite struct GPUCatalogueTests {
    @Test func theOneThatComesWithItHasWhatPeopleUse() throws {
        let catalogue = try GPUCatalogue.standard()
        let byName = Dictionary(uniqueKeysWithValues: catalogue.gpus.map { ($0.name, $0) })
        for (name, rate, memory, bandwidth, price) in [
            ("RTX 4090", 330.0, 24.0, 1.0, 15_000.0), ("A100 80GB", 312, 80, 2, 200_000),
            ("H100 PCIe", 756, 80, 3, 300_000),
        ] {
            let gpu = try #require(byName[name])
            #expect((gpu.fp16, gpu.memory, gpu.bandwidth) == (rate, memory, bandwidth))
            #expect(gpu.price?.converted == price)
        }
        for name in ["RTX 3090", "RTX 5090", "L4", "L40S", "H200", "B200"] { #expect(byName[name]?.price != nil) }
        #expect(catalogue.currency == "CNY")
        #expect(catalogue.gpus.allSatisfy { !$0.source.isEmpty })
        for figure in try PublishedFigure.standard() { #expect(byName[figure.gpu] != nil) }
    }

    @Test func pricesAreConverted() throws {
        let price = try #require(try read(Self.one).gpus[0].price)
        #expect((price.amount, price.currency, price.converted) == (1_000, "USD", 7_200))
    }

    @Test(arguments: [
        ("fp16_tflops: 100", "", "`gpus[0].fp16_tflops` is missing; expected a number from 1 to 100000"),
        ("fp16_tflops: 100", "fp16_tflops: 0", "`gpus[0].fp16_tflops` is “0”; expected a number from 1 to 100000"),
        ("fp16_tflops: 100", "fp16_tflops: .nan", "fp16_tflops` is “.nan”; expected a number"),
        ("fp16_tflops: 100", "fp16_tflops: [1]", "fp16_tflops` is a list; expected a number"),
        ("memory_gb: 24", "memory_gb: -24", "`gpus[0].memory_gb` is “-24”; expected a number from 1 to 10000"),
        ("memory_gb: 24", "memory_gb: a lot", "memory_gb` is “a lot”; expected a number"),
        (
            "bandwidth_tb_s: 1", "bandwidth_tb_s: 1008",
            "`gpus[0].bandwidth_tb_s` is “1008”; expected a number from 0.01"
        ),
        ("amount: 1000", "amount: 0", "`gpus[0].price.amount` is “0”; expected a number from 1 to"),
        ("amount: 1000, ", "", "`gpus[0].price.amount` is missing"),
        ("currency: USD", "currency: EUR", "`gpus[0].price.currency` is “EUR”; expected one of CNY, USD"),
        ("USD: 7.2", "USD: -1", "`exchange.USD` is “-1”; expected a number from 1e-06 to 1000000"),
        ("name: Any", "name: ''", "`gpus[0].name` is “”; expected a text"),
        ("memory_gb: 24", "memory: 24", "`gpus[0].memory` is unknown; expected one of name, fp16_tflops, memory_gb"),
        ("source: me", "", "`gpus[0].source` is missing; expected a text"),
        ("source: me", "source: me\n    comparison_only: true", "`gpus[0].comparison_only` is beside a price"),
        ("currency: CNY", "", "`currency` is missing"),
    ])
    func aFigureThatCannotBeIsNamedWithItsRange(found: String, instead: String, message: String) throws {
        let error = #expect(throws: PlanningError.self) { try read(Self.one.replacing(found, with: instead)) }
        #expect(error?.description.contains(message) == true, "\(error as Any)")
    }

    @Test(arguments: [
        "", "gpus: []", "- 1", "currency: CNY\ngpus: 3", "currency: CNY\ngpus: [3]", "a: [", "a: 1\na: 2",
    ])
    func whatIsNoCatalogueIsRefused(text: String) {
        #expect(throws: PlanningError.self) { try read(text) }
    }

    @Test func theLineIsNamed() throws {
        let error = #expect(throws: PlanningError.self) { try read(Self.one.replacing("24", with: "0")) }
        #expect(error?.description.contains("gpus.yaml:7:") == true, "\(error as Any)")
    }

    @Test func twoOfANameAreRefused() {
        let entry = Self.one.components(separatedBy: "gpus:\n")[1]
        let error = #expect(throws: PlanningError.self) { try read(Self.one + "\n" + entry) }
        #expect(error?.description.contains("`gpus[1].name` is “Any” a second time") == true, "\(error as Any)")
    }

    @Test func aFileThatIsNotThereIsNamed() {
        #expect(throws: PlanningError.unreadable(file: "/nowhere.yaml")) {
            try GPUCatalogue(contentsOf: URL(filePath: "/nowhere.yaml"))
        }
    }

    @Test(arguments: [
        ("NVIDIA GeForce RTX 4090", "RTX 4090"), ("NVIDIA A100-SXM4-80GB", "A100 80GB"), ("NVIDIA L4", "L4"),
        ("NVIDIA L40S", "L40S"), ("NVIDIA GeForce RTX 3080 Ti", "RTX 3080 Ti"), ("NVIDIA H200", "H200"),
        ("NVIDIA H100 PCIe", "H100 PCIe"), ("Tesla V100-SXM2-32GB", "V100"),
    ])
    func aDriversNameFindsItsGPU(device: String, name: String) throws {
        #expect(try GPUCatalogue.standard().gpu(ofDevice: device)?.name == name)
    }

    @Test(arguments: ["", "AMD EPYC", "NVIDIA GeForce RTX 2060", "L"])
    func anotherNameFindsNone(device: String) throws {
        #expect(try GPUCatalogue.standard().gpu(ofDevice: device) == nil)
    }

    private static let one = """
        currency: CNY
        exchange:
          USD: 7.2
        gpus:
          - name: Any
            fp16_tflops: 100
            memory_gb: 24
            bandwidth_tb_s: 1
            price: {amount: 1000, currency: USD, date: 2025-01, source: shop}
            source: me
        """

    private func read(_ text: String) throws -> GPUCatalogue {
        let folder = try TemporaryFolder()
        return try GPUCatalogue(contentsOf: folder.file("gpus.yaml", Data(text.utf8)))
    }
}
